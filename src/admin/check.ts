// kvitok check: looks at everything kvitok needs and says what is wrong, one line each, with what to do. Exit code 1 if any.

import type { Command } from 'commander';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { imapLogin, smtpLogin } from '../daemon/logins.ts';
import { checkCalendars } from './check-calendar.ts';
import { checkLedger } from './check-ledger.ts';
import { checkListeners } from './check-listeners.ts';
import { checkMachine } from './check-machine.ts';
import { checkOperators } from './check-operators.ts';
import { checkServers, type Logins } from './check-servers.ts';
import { checkTemplates } from './check-templates.ts';
import { configOption, configPath } from './config-option.ts';
import { type Finding, findingLine, ok, problem, warning } from './findings.ts';

/** Sets up the command. */
export function define(command: Command): void {
  command
    .addOption(configOption())
    .option('--offline', 'leave the servers out')
    .option('--ledger', 'compare mailboxes and databases letter by letter as well')
    .option('--bytes', '--ledger, and the bytes of every letter compared with its digest')
    .option('--json', 'one JSON object')
    .addHelpText('after', '\nExample:\n  kvitok check && sudo systemctl start kvitok\n')
    .action(async () => {
      const options: { offline?: boolean; ledger?: boolean; bytes?: boolean; json?: boolean } = command.opts();
      const findings = await check(configPath(command), process.env, Date.now(), options);
      const sound = findings.every((finding) => finding.mark !== 'problem');
      const colours = process.stdout.isTTY === true && !process.env.NO_COLOR;
      const lines = options.json
        ? [JSON.stringify({ ok: sound, findings }, null, 2)]
        : findings.map((finding) => findingLine(finding, colours));
      process.stdout.write(`${lines.join('\n')}\n`);
      if (!sound) process.exitCode = 1;
    });
}

/** Looks at everything; a configuration that can't be read ends the look. Never rejects. */
export async function check(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
  now: number,
  {
    offline = false,
    ledger = false,
    bytes = false,
  }: { readonly offline?: boolean; readonly ledger?: boolean; readonly bytes?: boolean },
): Promise<readonly Finding[]> {
  const loaded = loadConfig(path, env);
  if (!loaded.ok) return loaded.problems.map((text) => problem('configuration', text));
  const { config, warnings } = loaded;
  const logins = loginsOf(config, now);
  return [
    ok('configuration', `${path}: no mistakes`),
    ...warnings.map((text) => warning('configuration', text)),
    ...checkMachine(config, now),
    ...checkTemplates(config, now),
    ...checkCalendars(config, now),
    ...checkOperators(config),
    ...(await checkListeners(config)),
    ...(offline ? [] : await checkServers(config, logins)),
    ...(ledger || bytes ? await checkLedger(config, logins.mailbox, { offline, bytes }, now) : []),
  ];
}

/** The daemon's own log-ins: an OAuth2 refresh token that is rotated while we try is kept for it. */
function loginsOf(config: Config, now: number): Logins {
  return {
    mailbox: async (mailbox) => {
      const { user, pass, accessToken } = await imapLogin(mailbox, config.data, () => now)(false);
      return accessToken === undefined ? { user, password: pass ?? '' } : { user, accessToken };
    },
    smtp: async (smtp) => {
      const login = smtpLogin(smtp, config.data, () => now);
      return login && 'token' in login ? { user: login.user, accessToken: await login.token() } : login;
    },
  };
}
