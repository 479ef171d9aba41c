// Bounces of some hundred kinds of servers by the ways that they reach a desk, made from seeds, and letters that only look so:
// nobody's letter may be taken for a bounce, and hardly a bounce for a letter.

import { describe, expect, test } from '@jest/globals';
import { readReport } from '../../src/classify/delivery-report.ts';
import { letter } from '../support/letter.ts';
import { COMPLAINTS } from './bounces/complaints.ts';
import { WRITERS } from './bounces/people.ts';
import { scoreBounces, scorePeople, share } from './bounces/score.ts';
import { ABROAD } from './bounces/servers-abroad.ts';
import { APPLIANCES } from './bounces/servers-appliances.ts';
import { FURTHER } from './bounces/servers-further.ts';
import { GATEWAYS } from './bounces/servers-gateway.ts';
import { LANGUAGES } from './bounces/servers-languages.ts';
import { PROVIDERS } from './bounces/servers-provider.ts';
import { RELAYS } from './bounces/servers-relay.ts';
import { STRANGE } from './bounces/servers-strange.ts';
import { UNIX } from './bounces/servers-unix.ts';
import { UNSEEN } from './bounces/servers-unseen.ts';
import { WINDOWS } from './bounces/servers-windows.ts';

const SERVERS = {
  ...UNIX,
  ...WINDOWS,
  ...PROVIDERS,
  ...GATEWAYS,
  ...FURTHER,
  ...ABROAD,
  ...RELAYS,
  ...APPLIANCES,
  ...LANGUAGES,
};
const NEVER_MET = { ...UNSEEN, ...STRANGE };
const SEEDS = [11, 12, 13];

describe.each(SEEDS)('of letters made from the seed %i', (seed) => {
  test('all but one bounce in two hundred are found, and 97 of 100 tell exactly who was not reached', () => {
    const score = scoreBounces(SERVERS, seed, 2);
    expect(100 - share(score, 'missed')).toBeGreaterThanOrEqual(99.5);
    expect(100 - share(score, 'missed', 'recipients')).toBeGreaterThanOrEqual(97);
    expect(score.faults.filter(({ what }) => what === 'action' || what === 'original')).toEqual([]);
  });

  test('of servers that no rule was made for most are found, and nobody else is named for who was not reached', () => {
    const score = scoreBounces(NEVER_MET, seed, 3);
    expect(100 - share(score, 'missed')).toBeGreaterThanOrEqual(96);
    expect(score.faults.filter(({ what }) => what !== 'missed')).toEqual([]);
  });

  test('no letter of a person, a shop, another desk or a monitor is called a bounce', () => {
    expect(
      scorePeople({ ...SERVERS, ...NEVER_MET }, seed, 1, { ...WRITERS, ...COMPLAINTS }).faults.map(
        ({ kind, way, said }) => [kind, way, said],
      ),
    ).toEqual([]);
  });
});

test.each([
  [
    'Undelivered Mail',
    'The mail to anna@client.example was not delivered. 550 5.1.1 User unknown. It worked last week.',
  ],
  [
    'Mail delivery failed',
    'Your message to a@client.example could not be delivered is what my buyers get from your module.',
  ],
  ['Non recapitabile', 'Il messaggio a mario@posta.example non è stato recapitato. Con la versione 4.1 funzionava.'],
  [
    'Unzustellbar',
    'Die Nachricht an kunde@web.example konnte nicht zugestellt werden. Seit dem Update passiert das immer.',
  ],
  [
    'Niedostarczone',
    'Wiadomość do jan@poczta.example nie została dostarczona. Po aktualizacji modułu dzieje się tak zawsze.',
  ],
  ['Mensaje devuelto', 'El mensaje a juan@correo.example no se ha podido entregar. Pasa desde ayer con todos.'],
  ['Лист не доставлено', 'Лист petro@poshta.example не доставлено. Так з кожним клієнтом після оновлення модуля.'],
  ['Teslim edilemedi', 'ali@posta.example adresine ileti teslim edilemedi. Güncellemeden beri böyle.'],
  ['Не доставлено', 'Письмо на anna@client.example не доставлено, 550 5.1.1. После обновления так со всеми.'],
  ['Retard de livraison', 'La commande 15 de jean@poste.example est en retard, le module ne prévient pas le client.'],
])('who tells of what did not arrive, and when that began, is a person: «%s», %j', (subject, text) => {
  expect(readReport(letter({ subject, text }))).toBeNull();
});
