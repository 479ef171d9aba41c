// The null reverse-path (RFC 5321 §4.5.5, RFC 3834 §3.3): who sends from nowhere wants no answer. A missing Return-Path is
// unknown, not null.

import { finding, type Rule } from './finding.ts';
import { reversePath } from './sender.ts';

export const nullPath: Rule = ({ message, envelope }) =>
  reversePath(message, envelope) === '' ? finding('auto-generated', 'null-path', 'Return-Path: <>') : null;
