// What was found in winmail.dat, cleaned and decoded: made by tnef.ts, written out again as a letter by tnef-letter.ts.

export interface TnefAttachment {
  readonly filename: string | null;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

export interface Tnef {
  readonly subject: string | null;
  readonly text: string | null;
  readonly html: string | null;
  readonly attachments: readonly TnefAttachment[];
}
