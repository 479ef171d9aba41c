// Our own letter coming back: through a redirect, a list, or a mailbox that forwards to itself. It is recognised by the
// Message-ID that only kvitok makes, or by our address and our Message-ID host together; our address alone proves nothing.

import { identity } from '../mail/address.ts';
import { isOwnAddress } from '../mail/own-address.ts';
import { finding, type Rule } from './finding.ts';

// Words between dots, <kvitok.ack.10429.random.digest@host>: mail clients of the same host write other shapes.
const MADE_HERE = /^[a-z]{1,20}(?:\.[a-z0-9_-]{1,100}){3,4}$/i;

export const ownMail: Rule = ({ message }, ours) => {
  const id = message.messageId;
  if (id === null) return null;
  const at = id.lastIndexOf('@');
  if (id.slice(at + 1).toLowerCase() !== ours.messageIdHost.toLowerCase()) return null;
  const fromUs = message.from.some(({ address }) => isOwnAddress(ours.addresses, identity(address) ?? ''));
  return fromUs || MADE_HERE.test(id.slice(0, at)) ? finding('own-mail', 'own-mail', `Message-ID: <${id}>`) : null;
};
