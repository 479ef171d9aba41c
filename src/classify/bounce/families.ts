// The order in which the wordings of bounces are tried: the particular before the general.

import { amazon } from './amazon.ts';
import { exchange } from './exchange.ts';
import { exim } from './exim.ts';
import { gateways } from './gateways.ts';
import { google } from './google.ts';
import type { Family } from './notice.ts';
import { postfix } from './postfix.ts';
import { qmail } from './qmail.ts';
import { russian } from './russian.ts';
import { sendmail } from './sendmail.ts';

export const FAMILIES: readonly Family[] = [
  amazon,
  qmail,
  exim,
  postfix,
  sendmail,
  google,
  exchange,
  russian,
  gateways,
];
