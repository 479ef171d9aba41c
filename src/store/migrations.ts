// Migrations of kvitok.db, in order; each is one transaction. A migration that has shipped is never edited.

import type { Migration } from 'kysely/migration';
import { first } from './migrations/0001-first.ts';
import { search } from './migrations/0002-search.ts';
import { desk } from './migrations/0003-desk.ts';
import { warnings } from './migrations/0004-warnings.ts';
import { answers } from './migrations/0005-answers.ts';
import { clients } from './migrations/0006-clients.ts';
import { commands } from './migrations/0007-commands.ts';
import { alarms } from './migrations/0008-alarms.ts';
import { announcements } from './migrations/0009-announcements.ts';
import { filings } from './migrations/0010-filings.ts';
import { setAside } from './migrations/0011-set-aside.ts';
import { countedRecipients } from './migrations/0013-counted-recipients.ts';
import { composed } from './migrations/0014-composed.ts';
import { copied } from './migrations/0023-copied.ts';

export const MIGRATIONS: Record<string, Migration> = {
  '0001-first': first,
  '0002-search': search,
  '0003-desk': desk,
  '0004-warnings': warnings,
  '0005-answers': answers,
  '0006-clients': clients,
  '0007-commands': commands,
  '0008-alarms': alarms,
  '0009-announcements': announcements,
  '0010-filings': filings,
  '0011-set-aside': setAside,
  '0013-counted-recipients': countedRecipients,
  '0014-composed': composed,
  '0023-copied': copied,
};
