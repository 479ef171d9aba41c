// A link that opens a new letter in a mail client (RFC 6068).

/** What the new letter says; lines of the body end in CRLF (RFC 6068 §5). */
export interface NewLetter {
  readonly subject: string;
  readonly body?: string;
}

/** The link for a letter to one address. It still has to be escaped for HTML. */
export function mailtoLink(address: string, { subject, body }: NewLetter): string {
  const at = address.lastIndexOf('@');
  const to = `${encodeURIComponent(address.slice(0, at))}@${encodeURIComponent(address.slice(at + 1))}`;
  const fields = [`subject=${encodeURIComponent(subject)}`, ...(body ? [`body=${encodeURIComponent(body)}`] : [])];
  return `mailto:${to}?${fields.join('&')}`;
}
