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

const REFUSED_SMTP =
  'the server refuses this user name or password (many providers want an app password, and let an account send only where that is switched on)';

const NO_LOGIN =
  'the server takes no log-in on this port; try the port for submission (465 with tls, 587 with starttls), or leave user and password out';

/** 500, 502, 503 and 504 to AUTH: the command is not there, or not now (RFC 5321 §4.2.4, RFC 4954 §4). */
const isWithoutLogin = (error: unknown): boolean => {
  const status = field(error, 'responseCode');
  return field(error, 'code') === 'EAUTH' && typeof status === 'number' && status >= 500 && status <= 504;
};

/**
 * Puts a failed connection or log-in in people's words.
 * Takes whatever was thrown; gives one line, cleaned, without the names of host or user (the caller knows them),
 * with the server's own words behind it where it said any.
 */
export function explainNetworkError(error: unknown): string {
  const evidence = evidenceOf(error, 0).join('\n');
  const said = serverWords(error);
  const behind = said ? `; it said: ${said}` : '';
  if (isRefusedLogin(error)) return (field(error, 'code') === 'EAUTH' ? REFUSED_SMTP : REFUSED_LOGIN) + behind;
  if (isWithoutLogin(error)) return NO_LOGIN + behind;
  const cause = CAUSES.find(([pattern]) => pattern.test(evidence));
  if (cause) return cause[1] + behind;
  return said ? `the server refused: ${said}` : cleanLine(text(error, 'message') || String(error)).slice(0, 200);
}

/** Response codes of RFC 5530 §3 by which an IMAP server says that it can't let anybody in now, whatever the password. */
const NOT_NOW = new Set(['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG', 'OVERQUOTA', 'THROTTLED']);

/** The same in words, for servers without these codes: Gmail, Courier, Exchange, Яндекс and Dovecot behind a proxy. */
const NOT_NOW_WORDS =
  /too many|maximum (?:number of )?connections|connection limit|simultaneous|try (?:again )?later|temporar|unavailable|rate limit|throttl|exceeded|internal (?:server )?error|server (?:is )?busy|not connected|слишком много|попробуйте позже|временно/i;

/** SMTP replies to AUTH that are about who logs in (RFC 4954 §6); others say that there is no log-in here, or not so. */
const ABOUT_CREDENTIALS = new Set([530, 534, 535, 550, 554]);

/**
 * Whether the server refused the log-in itself, so that trying again soon is of no use (and may lock the account). What it says of
 * itself, such as too many connections, is an ordinary failure.
 */
export function isRefusedLogin(error: unknown): boolean {
  if (field(error, 'authenticationFailed') === true) {
    const code = text(error, 'serverResponseCode').toUpperCase();
    if (NOT_NOW.has(code)) return false;
    // where the server gives a code that is none of those, its words are an explanation for people
    return (
      /^(?:AUTHENTICATIONFAILED|AUTHORIZATIONFAILED|EXPIRED|PRIVACYREQUIRED)$/.test(code) ||
      !NOT_NOW_WORDS.test(serverWords(error))
    );
  }
  if (field(error, 'code') !== 'EAUTH') return false;
  const status = field(error, 'responseCode');
  return typeof status !== 'number' || status === 0 || ABOUT_CREDENTIALS.has(status);
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

/** The words of the server in an error, cleaned, at most 200 characters; empty where it said none. */
export function serverWords(error: unknown): string {
  return cleanLine(text(error, 'responseText') || text(error, 'response')).slice(0, 200);
}
