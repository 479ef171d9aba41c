// Tables of what is said to many: announcements with their readers, and the notices of acknowledgements.

import type { Generated } from 'kysely';
import type { Audience } from '../desk/announcements/announcement.ts';
import type { Language } from '../desk/tickets.ts';

/** `texts` and `skipped` are JSON. */
export interface AnnouncementsTable {
  id: Generated<number>;
  created_at: number;
  audience: Audience;
  optional: number;
  texts: string;
  skipped: string;
}

export interface AnnouncementRecipientsTable {
  announcement_id: number;
  address: string;
  language: Language;
  /** When its letter came into the outbox; null while it is ahead. */
  queued_at: number | null;
}

/** Addresses that want no optional announcements. */
export interface UnsubscribedTable {
  address: string;
  since: number;
}

/** Sentences of acknowledgements, while they hold. */
export interface NoticesTable {
  id: Generated<number>;
  from_at: number;
  until_at: number;
  ru: string;
  en: string;
}
