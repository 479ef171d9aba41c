// Domains at which anybody may open a mailbox, as data. Two people with addresses at one of them share a provider, not an
// employer: such a domain never makes a letter's writer a colleague of another.

const of = (name: string, ...suffixes: readonly string[]): readonly string[] =>
  suffixes.map((suffix) => `${name}.${suffix}`);

const YANDEX = [
  'ya.ru',
  'narod.ru',
  ...of('yandex', 'ru', 'com', 'by', 'kz', 'ua', 'uz', 'az', 'ee', 'fr', 'lt', 'lv', 'md', 'tj', 'tm'),
  ...of('yandex', 'com.am', 'com.ge', 'com.tr', 'com.ua', 'co.il', 'kg'),
];

const VK = ['mail.ru', 'bk.ru', 'list.ru', 'inbox.ru', 'internet.ru', 'xmail.ru', 'mail.ua', 'vk.com'];

const RAMBLER = ['rambler.ru', 'rambler.ua', 'lenta.ru', 'autorambler.ru', 'myrambler.ru', 'ro.ru', 'r0.ru'];

/** Pochta.ru and those it took over; closed or half closed, but people's old addresses live on in registers. */
const QIP = [
  ...['qip.ru', 'pochta.ru', 'fromru.com', 'front.ru', 'hotbox.ru', 'hotmail.ru', 'krovatka.su', 'land.ru', 'nm.ru'],
  ...['mail15.com', 'mail333.com', 'newmail.ru', 'nightmail.ru', 'nxt.ru', 'pisem.net', 'pochtamt.ru', 'pop3.ru'],
  ...['rbcmail.ru', 'smtp.ru', '5ballov.ru', 'aeterna.ru', 'ziza.ru', 'memori.ru', 'photofile.ru', 'fotoplenka.ru'],
];

const NEIGHBOURS = [
  ...['nextmail.ru', 'email.su', 'km.ru', 'sibmail.com', 'ngs.ru', 'e1.ru', 'mail2000.ru', 'hotmail.ua', 'onego.ru'],
  ...['ukr.net', 'i.ua', 'ua.fm', 'email.ua', 'meta.ua', 'bigmir.net', 'online.ua', '3g.ua', 'football.ua'],
  ...['tut.by', 'mail.by', 'open.by', 'mail.kz', 'inbox.kz', 'nur.kz', 'mail.az', 'box.az', 'mail.uz', 'umail.uz'],
  ...['inbox.lv', 'inbox.lt', 'inbox.eu', 'mail.lv', 'one.lv', 'mail.ee', 'hot.ee', 'online.ee', 'one.lt', 'mail.md'],
];

const MICROSOFT = [
  ...of('outlook', 'com', 'at', 'be', 'cl', 'cz', 'de', 'dk', 'es', 'fr', 'hu', 'ie', 'in', 'it', 'jp', 'kr', 'lv'),
  ...of('outlook', 'my', 'ph', 'pt', 'sa', 'sg', 'sk', 'co.id', 'co.il', 'co.th', 'com.ar', 'com.au', 'com.br'),
  ...of('outlook', 'com.gr', 'com.tr', 'com.vn'),
  ...of('hotmail', 'com', 'be', 'ca', 'ch', 'cl', 'cz', 'de', 'dk', 'es', 'fi', 'fr', 'gr', 'hu', 'it', 'lt', 'lv'),
  ...of('hotmail', 'nl', 'no', 'rs', 'se', 'sg', 'sk', 'co.id', 'co.il', 'co.jp', 'co.kr', 'co.nz', 'co.th', 'co.uk'),
  ...of('hotmail', 'co.za', 'com.ar', 'com.au', 'com.br', 'com.hk', 'com.tr', 'com.tw', 'com.vn'),
  ...of('live', 'com', 'at', 'be', 'ca', 'cl', 'cn', 'de', 'dk', 'fi', 'fr', 'ie', 'in', 'it', 'jp', 'nl', 'no', 'ru'),
  ...of('live', 'se', 'co.kr', 'co.uk', 'co.za', 'com.ar', 'com.au', 'com.mx', 'com.my', 'com.pt', 'com.sg'),
  ...['msn.com', 'passport.com', 'windowslive.com'],
];

const YAHOO = [
  ...of('yahoo', 'com', 'at', 'be', 'bg', 'ca', 'cl', 'cn', 'cz', 'de', 'dk', 'ee', 'es', 'fi', 'fr', 'gr', 'hr', 'hu'),
  ...of('yahoo', 'ie', 'in', 'it', 'lt', 'lv', 'nl', 'no', 'pl', 'pt', 'ro', 'se', 'sk', 'co.id', 'co.il', 'co.in'),
  ...of('yahoo', 'co.jp', 'co.kr', 'co.nz', 'co.th', 'co.uk', 'co.za', 'com.ar', 'com.au', 'com.br', 'com.cn'),
  ...of('yahoo', 'com.co', 'com.hk', 'com.mx', 'com.my', 'com.pe', 'com.ph', 'com.sg', 'com.tr', 'com.tw', 'com.ua'),
  ...of('yahoo', 'com.ve', 'com.vn'),
  ...['ymail.com', 'rocketmail.com', 'myyahoo.com', 'aol.com', 'aol.de', 'aol.co.uk', 'aim.com', 'verizon.net'],
];

const WORLD = [
  ...['gmail.com', 'googlemail.com', 'icloud.com', 'me.com', 'mac.com', 'privaterelay.appleid.com'],
  ...['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me', 'tutanota.com', 'tutanota.de', 'tutamail.com'],
  ...['tuta.com', 'tuta.io', 'keemail.me', 'fastmail.com', 'fastmail.fm', 'hey.com', 'duck.com', 'mailbox.org'],
  ...['posteo.de', 'posteo.net', 'riseup.net', 'disroot.org', 'startmail.com', 'runbox.com', 'mailfence.com'],
  ...['hushmail.com', 'zoho.com', 'zohomail.com', 'zoho.eu', 'mail.com', 'email.com', 'usa.com', 'inbox.com'],
  ...of('gmx', 'com', 'de', 'net', 'at', 'ch', 'eu', 'us', 'info', 'org', 'fr', 'es', 'it', 'co.uk'),
  ...['web.de', 't-online.de', 'freenet.de', 'arcor.de', 'email.de', '1und1.de', 'online.de', 'kabelmail.de'],
  ...['orange.fr', 'wanadoo.fr', 'free.fr', 'laposte.net', 'sfr.fr', 'neuf.fr', 'bbox.fr', 'mailo.com'],
  ...['libero.it', 'virgilio.it', 'tiscali.it', 'alice.it', 'tin.it', 'telenet.be', 'skynet.be', 'ziggo.nl'],
  ...['wp.pl', 'o2.pl', 'op.pl', 'onet.pl', 'onet.eu', 'interia.pl', 'interia.eu', 'gazeta.pl', 'vp.pl', 'poczta.fm'],
  ...['seznam.cz', 'email.cz', 'post.cz', 'centrum.cz', 'volny.cz', 'azet.sk', 'zoznam.sk', 'centrum.sk'],
  ...['abv.bg', 'mail.bg', 'dir.bg', 'freemail.hu', 'citromail.hu', 'btinternet.com', 'sky.com', 'ntlworld.com'],
  ...['comcast.net', 'att.net', 'sbcglobal.net', 'bellsouth.net', 'cox.net', 'charter.net', 'earthlink.net'],
  ...['qq.com', 'foxmail.com', '163.com', '126.com', 'yeah.net', 'sina.com', 'sina.cn', 'sohu.com', '139.com'],
  ...['naver.com', 'daum.net', 'hanmail.net', 'nate.com', 'rediffmail.com', 'uol.com.br', 'bol.com.br', 'terra.com.br'],
  ...['mynet.com', 'walla.co.il', 'walla.com', 'lycos.com', 'excite.com', 'rediff.com'],
];

/** Registrable domains of public mail providers, in lower case. */
export const PUBLIC_PROVIDERS: ReadonlySet<string> = new Set([
  ...YANDEX,
  ...VK,
  ...RAMBLER,
  ...QIP,
  ...NEIGHBOURS,
  ...MICROSOFT,
  ...YAHOO,
  ...WORLD,
]);
