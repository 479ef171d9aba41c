// The two servers that `kvitok init` asks about: the mailbox that is read, and the way letters go out. Both are tried
// while asking. In: flags, a person or none, the provider if known; out: the settings as they go into the file.

import { dirname, resolve } from 'node:path';
import type { ConfigInput } from '../config/schema.ts';
import { mailboxSchema } from '../config/schema-servers.ts';
import { resolveSecret } from '../config/secrets.ts';
import type { Person } from './ask.ts';
import { type Answer, answering, askPlace, type Flags, fits, type Tried, untilItWorks } from './init-questions.ts';
import { type Login, type MailboxFindings, probeMailbox } from './probe-mailbox.ts';
import { probeSmtp, type SmtpFindings } from './probe-smtp.ts';
import type { Place, Provider } from './providers.ts';

export interface Init {
  readonly flags: Flags;
  readonly path: string;
  /** Who answers; null where flags must. */
  readonly person: Person | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** MX hosts of an address's domain. */
  readonly mx: (address: string) => Promise<readonly string[]>;
}

type MailboxInput = NonNullable<ConfigInput['mailboxes']>[number];
type SmtpInput = NonNullable<ConfigInput['smtp']>;

/** Asks about the mailbox, tries it, lets the person correct. */
export async function askMailbox(
  init: Init,
  answer: Answer,
  address: string,
  provider: Provider | null,
): Promise<MailboxInput> {
  const { flags, person } = init;
  const verifyCertificate = !flags.insecure;
  const ask = async (how: Answer, before: Server | null): Promise<Server> => ({
    // A provider's servers are known: they are asked about only when they did not work.
    place: await askPlace(
      before || !provider ? how : answering(flags, null),
      'imap',
      address,
      before?.place ?? provider?.imap ?? null,
    ),
    user: await (before || !provider ? how : answering(flags, null))({
      flag: 'user',
      text: 'Log-in',
      fallback: before?.user ?? address,
    }),
    password: await how({
      flag: 'password',
      text: 'Password (not shown; or env:NAME, or file:PATH)',
      hidden: true,
      check: (text) => secretProblem(text, init),
      ...(before && { fallback: before.password }),
    }),
  });
  const trial = async (server: Server): Promise<Tried<MailboxFindings & { ok: true }>> => {
    const whole = { ...server.place, verifyCertificate, folder: ['INBOX'], done: { flag: '$Kvitok' } };
    const found = await probeMailbox(whole, loginOf(server, init));
    return found.ok ? { ok: true, result: found } : { ok: false, why: found.why };
  };
  const { settings, found } = await settled(await ask(answer, null), trial, ask, init);
  if (found) person?.tell(`  ✓ logged in; letters in INBOX: ${found.letters}, folders: ${found.folders}`);
  for (const doubt of found?.doubts ?? []) person?.tell(`  ! ${doubt}`);

  const old = found && found.letters > 0 ? ` (INBOX holds ${found.letters})` : '';
  const startFrom = await answer({
    flag: 'start-from',
    text: `Take in letters already there${old}: now (none of them), a date like 2026-01-31, or all (without acknowledging)`,
    fallback: 'now',
    check: fits(mailboxSchema.shape.startFrom),
  });
  const done = await answer({
    flag: 'done',
    text: 'Move kept letters to the folder (or flag:KEYWORD)',
    fallback: 'Kvitok/Done',
  });
  return {
    name: 'support',
    ...settings.place,
    user: settings.user,
    password: settings.password,
    ...(verifyCertificate ? {} : { verifyCertificate }),
    startFrom,
    done: done.startsWith('flag:') ? { flag: done.slice(5) } : { move: done.split('/').filter(Boolean) },
  };
}

interface Server {
  readonly place: Place;
  readonly user: string;
  readonly password: string;
}

/** The settings of a server once they worked, corrected by a person until they do; as first told where nothing is to be tried. */
async function settled<R>(
  first: Server,
  trial: (server: Server) => Promise<Tried<R>>,
  ask: (how: Answer, before: Server) => Promise<Server>,
  { flags, person }: Init,
): Promise<{ readonly settings: Server; readonly found: R | null }> {
  if (flags.test === false) return { settings: first, found: null };
  const correct = (server: Server) => ask(answering({}, person), server);
  return untilItWorks(first, `${first.place.host}:${first.place.port}`, trial, correct, person);
}

/** Asks about the way out, tries it, finds out which envelope sender it takes. */
export async function askSmtp(
  init: Init,
  answer: Answer,
  address: string,
  provider: Provider | null,
  mailbox: MailboxInput,
): Promise<SmtpInput> {
  const { flags, person } = init;
  if (typeof flags.smtpDirectory === 'string') return { directory: flags.smtpDirectory };
  const verifyCertificate = !flags.insecure;
  const ask = async (how: Answer, before: Server | null): Promise<Server> => {
    const known = before || !provider ? how : answering(flags, null);
    // who runs one server runs the other beside it
    const beside = mailbox.host.replace(/^imap\./i, 'smtp.');
    const place = await askPlace(known, 'smtp', address, before?.place ?? provider?.smtp ?? null, beside);
    const user = await known({
      flag: 'smtp-user',
      text: 'SMTP log-in (none: without)',
      fallback: before?.user ?? mailbox.user,
    });
    if (user === 'none') return { place, user: '', password: '' };
    const password = await (before || user !== mailbox.user ? how : answering(flags, null))({
      flag: 'smtp-password',
      text: 'SMTP password (not shown; or env:NAME, or file:PATH)',
      hidden: true,
      check: (text) => secretProblem(text, init),
      ...(before?.password
        ? { fallback: before.password }
        : user === mailbox.user && mailbox.password
          ? { fallback: mailbox.password }
          : {}),
    });
    return { place, user, password };
  };
  const trial = async (server: Server): Promise<Tried<SmtpFindings & { ok: true }>> => {
    const found = await probeSmtp(
      { ...server.place, verifyCertificate },
      server.user ? loginOf(server, init) : null,
      address,
    );
    return found.ok ? { ok: true, result: found } : { ok: false, why: found.why };
  };
  const { settings, found } = await settled(await ask(answer, null), trial, ask, init);
  return {
    ...settings.place,
    ...(settings.user ? { user: settings.user, password: settings.password } : {}),
    ...(verifyCertificate ? {} : { verifyCertificate }),
    envelopeFrom: envelopeFrom(found, person),
  };
}

/** RFC 3834 wants the null path; hosted mail mostly lets an account send only as itself. */
function envelopeFrom(found: (SmtpFindings & { ok: true }) | null, person: Person | null): 'null' | 'support' {
  if (!found?.refusesNull) {
    if (found) person?.tell('  ✓ logged in; acknowledgements go out with the null envelope sender');
    return 'null';
  }
  person?.tell(
    '  ✓ logged in; the server refuses the null envelope sender, so acknowledgements go out from the support address',
  );
  if (found.refusesSupport) person?.tell(`  ! it refuses the support address as well: ${found.refusesSupport}`);
  return 'support';
}

function secretProblem(text: string, init: Init): string | null {
  const secret = resolveSecret(text, dirname(resolve(init.path)), init.env);
  return secret.ok ? null : secret.problem;
}

function loginOf(server: Server, init: Init): Login {
  const secret = resolveSecret(server.password, dirname(resolve(init.path)), init.env);
  return { user: server.user, password: secret.ok ? secret.value : '' };
}
