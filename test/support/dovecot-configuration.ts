// The text of a Dovecot configuration that keeps to one folder. In: where, which ports, whose files; out: dovecot.conf for 2.3.

import { execFileSync } from 'node:child_process';
import { userInfo } from 'node:os';
import type { Certificate } from './certificate.ts';

/** Whose the mail files are: Dovecot refuses to open mail as root, so root's tests use `nobody`. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
  /** Users that Dovecot's own processes run as. */
  readonly internal: string;
  readonly login: string;
  readonly group: string;
}

export function owner(): Owner {
  const me = userInfo();
  if (me.uid === 0) return { uid: 65534, gid: 65534, internal: 'dovecot', login: 'dovenull', group: 'dovecot' };
  return {
    uid: me.uid,
    gid: me.gid,
    internal: me.username,
    login: me.username,
    group: execFileSync('id', ['-gn']).toString().trim(),
  };
}

const CAPABILITIES =
  'IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT THREAD=REFERENCES MULTIAPPEND UNSELECT CHILDREN NAMESPACE UIDPLUS LIST-EXTENDED CONDSTORE QRESYNC ESEARCH MOVE BINARY LITERAL+ SPECIAL-USE';

export interface Configuration {
  readonly dir: string;
  readonly port: number;
  readonly tlsPort: number;
  readonly certificate: Certificate | null;
  readonly owner: Owner;
  readonly without: readonly string[];
}

/** Maildir++ with Dovecot's default separator, passwords from `users`, LMTP at `run/lmtp`. */
export function configuration({ dir, port, tlsPort, certificate, owner, without }: Configuration): string {
  const hidden = CAPABILITIES.split(' ').filter((name) => !without.includes(name));
  const tls = certificate
    ? `ssl = yes\nssl_cert = <${certificate.certificate}\nssl_key = <${certificate.key}`
    : 'ssl = no';
  return `
base_dir = ${dir}/run
log_path = ${dir}/log
import_environment = TZ LD_PRELOAD FAKETIME FAKETIME_DONT_FAKE_MONOTONIC FAKE_UTIME
protocols = imap lmtp
listen = 127.0.0.1
${tls}
default_internal_user = ${owner.internal}
default_internal_group = ${owner.group}
default_login_user = ${owner.login}
first_valid_uid = 1
first_valid_gid = 1
disable_plaintext_auth = no
auth_failure_delay = 0
auth_mechanisms = plain login xoauth2
mail_location = maildir:${dir}/mail/%u
mail_max_userip_connections = 100
${without.length ? `imap_capability = ${hidden.join(' ')}` : ''}
namespace inbox {
  inbox = yes
}
passdb {
  driver = passwd-file
  args = scheme=PLAIN ${dir}/users
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${dir}/mail/%u
}
service imap-login {
  chroot =
  service_count = 0
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
service anvil {
  chroot =
  # A penalty for wrong passwords would slow down the tests that type them.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
service lmtp {
  unix_listener lmtp {
    mode = 0666
  }
}
`;
}
