// An error of a socket, of TLS, of imapflow or nodemailer goes in; one sentence comes out that tells a person what is
// wrong and what to do. Sources, the outbox and the admin's commands all use these words.

import { cleanLine } from './clean.ts';

const CAUSES: readonly (readonly [RegExp, string])[] = [
  // The certificate first: TLS errors reach us wrapped in general socket errors.
  [/CERT_HAS_EXPIRED|certificate has expired/i, 'the certificate of the server has expired; its owner must renew it'],
  [
    /ERR_TLS_CERT_ALTNAME_INVALID|altnames/i,
    'the certificate of the server is for another host name; use the name that it was made for',
  ],
  [
    /DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|self[- ]signed certificate/i,
    'the certificate of the server is self-signed; let NODE_EXTRA_CA_CERTS name its authority, or on your own wire set verifyCertificate to false',
  ],
  [
    /UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT)|unable to (verify the first|get (local )?issuer) certificate/i,
    'the certificate of the server is signed by an authority that this machine does not know; let NODE_EXTRA_CA_CERTS name it',
  ],
  [
    /wrong version number|packet length too long|ERR_SSL_|http request/i,
    'the server does not speak TLS from the first byte on this port; try security starttls, or the other port',
  ],
  [
    /STARTTLS_INJECTION|does not support STARTTLS|STARTTLS.*(not|un)(support| available)|Error initiating TLS|Error upgrading connection with STARTTLS/i,
    'the server offers no STARTTLS on this port; try security tls and its port (993 for IMAP, 465 for SMTP)',
  ],
  [/ENOTFOUND|EDNS|querySrv|queryA/, 'there is no such host name; check its spelling'],
  [/EAI_AGAIN/, 'the name server does not answer; check the network and DNS of this machine'],
  [/ECONNREFUSED/, 'nothing listens there (connection refused); check host and port'],
  [
    /EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL/,
    'there is no way to that host from here; check the network and the firewall',
  ],
  [
    /GREETING_TIMEOUT|Greeting never received/i,
    'the connection was made, but the server says nothing; check the port, and that security fits to it',
  ],
  [/UPGRADE_TIMEOUT/, 'the TLS handshake was not finished in time'],
  [
    /CONNECT_TIMEOUT|ETIMEDOUT|ETIMEOUT|timed? ?out/i,
    'no answer in time; check host and port, and the firewall in between',
  ],
  [/ETHROTTLE/, 'the server asks us to slow down'],
  [
    /ECONNRESET|ECONNECTION|EConnectionClosed|ClosedAfterConnect|NoConnection|EPIPE|Unexpected close|closed unexpectedly/,
    'the server closed the connection',
  ],
];

const REFUSED_LOGIN =
  'the server refuses this user name or password (many providers want an app password, and IMAP switched on in their settings)';

/**
 * Puts a failed connection or log-in in people's words.
 * Takes whatever was thrown; gives one line, cleaned, without the names of host or user (the caller knows them),
 * with the server's own words behind it where it said any.
 */
export function explainNetworkError(error: unknown): string {
  const evidence = evidenceOf(error, 0).join('\n');
  const said = serverWords(error);
  const behind = said ? `; it said: ${said}` : '';
  if (isRefusedLogin(error)) return REFUSED_LOGIN + behind;
  const cause = CAUSES.find(([pattern]) => pattern.test(evidence));
  if (cause) return cause[1] + behind;
  return said ? `the server refused: ${said}` : cleanLine(text(error, 'message') || String(error)).slice(0, 200);
}

/** Whether the server refused the log-in itself, so that trying again soon is of no use (and may lock the account). */
export function isRefusedLogin(error: unknown): boolean {
  if (field(error, 'authenticationFailed') === true) return true;
  // A 4xx to AUTH is the server's own trouble (RFC 4954 §6), not a wrong password.
  const status = field(error, 'responseCode');
  return field(error, 'code') === 'EAUTH' && !(typeof status === 'number' && status >= 400 && status < 500);
}

function field(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

function text(error: unknown, name: string): string {
  const value = field(error, name);
  return typeof value === 'string' ? value : '';
}

/** Codes and messages of the error and of those wrapped in it: AggregateError, `cause`, imapflow's `_err`. */
function evidenceOf(error: unknown, depth: number): string[] {
  if (error === undefined || error === null || depth > 4) return [];
  const inner = field(error, 'errors');
  const wrapped = [...(Array.isArray(inner) ? inner : []), field(error, 'cause'), field(error, '_err')];
  const own = [text(error, 'code'), text(error, 'message'), typeof error === 'string' ? error : ''];
  return [...own.filter(Boolean), ...wrapped.flatMap((each) => evidenceOf(each, depth + 1))];
}

function serverWords(error: unknown): string {
  return cleanLine(text(error, 'responseText') || text(error, 'response')).slice(0, 200);
}
