// What one letter may cost, in numbers. Every limit of decoding and judging is here and nowhere else;
// what a limit cuts becomes a defect on the letter, never a loss: the raw bytes are kept whole.

export interface Limits {
  /** Bytes of one letter; a larger one is taken in by its headers alone. */
  readonly letterBytes: number;
  readonly headerBytes: number;
  readonly headerFields: number;
  readonly mimeDepth: number;
  readonly mimeParts: number;
  /** Files taken out of one text part: pictures in its HTML, uuencoded ones in plain text. */
  readonly embeddedFiles: number;
  /** How deep message/rfc822 inside message/rfc822 is opened. */
  readonly rfc822Depth: number;
  /** Continuations of one RFC 2231 parameter. */
  readonly parameterPieces: number;
  /** Characters of decoded text that are kept. */
  readonly textChars: number;
  /** Characters of a line that patterns look at. */
  readonly lineChars: number;
  /** Characters of HTML that are turned into text, and elements inside each other. */
  readonly htmlChars: number;
  readonly htmlDepth: number;
  /** Message-IDs of References and In-Reply-To that are read. */
  readonly references: number;
  /** Mailboxes read of one address field. */
  readonly addresses: number;
  readonly filenameChars: number;
}

export const LIMITS: Limits = Object.freeze({
  letterBytes: 35 * 1024 * 1024,
  headerBytes: 256 * 1024,
  headerFields: 1000,
  mimeDepth: 50,
  mimeParts: 500,
  embeddedFiles: 100,
  rfc822Depth: 3,
  parameterPieces: 20,
  textChars: 1024 * 1024,
  lineChars: 1000,
  htmlChars: 2 * 1024 * 1024,
  htmlDepth: 200,
  references: 50,
  addresses: 100,
  filenameChars: 255,
});
