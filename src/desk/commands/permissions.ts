// Who may give which command. An admin at the command line may give every one.

import type { CommandName, Giver } from './command.ts';

type Permission = readonly Giver['role'][];

const DESK: Permission = ['operator', 'lead', 'admin'];
/** Developers work on tickets that were handed to them; whose a ticket is and what becomes of its letters the desk decides. */
const ALL: Permission = ['operator', 'lead', 'developer', 'admin'];

export const PERMISSIONS: { readonly [name in CommandName]: Permission } = {
  close: ALL,
  reopen: ALL,
  defer: ALL,
  level: ALL,
  category: ALL,
  critical: DESK,
  assign: ALL,
  note: ALL,
  answer: ALL,
  merge: DESK,
  split: DESK,
  cc: DESK,
  client: DESK,
  phone: DESK,
  spam: DESK,
  release: DESK,
  undo: ALL,
  access: ALL,
  status: ALL,
  help: ALL,
};

/** Whether somebody may give a command. */
export const mayGive = (name: CommandName, by: Giver): boolean => PERMISSIONS[name].includes(by.role);
