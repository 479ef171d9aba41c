// What became of letters, and why some were not acknowledged, in Russian: on the letters themselves it stands in English. What is
// not here is told as it stands there.

import type { Language } from '../tickets.ts';

const RUSSIAN: Readonly<Record<string, string>> = {
  opened: 'открыли обращение',
  appended: 'добавлены к обращению',
  command: 'команды сотрудников',
  elsewhere: 'отправлены службой не по обращению',
  automatic: 'автоматические',
  bounce: 'отчёты о недоставке',
  own: 'вернулись свои',
  duplicate: 'повторы',
  quarantined: 'отложены для разбора',
  'answers-notice': 'ответы на письма программы, отложены',
  'in work': 'в работе',
  'needs none': 'не требуется',
  'automatic mail': 'автоматическое письмо',
  'its words look automatic': 'по словам похоже на автоответ',
  'it asks for no automatic answer': 'письмо просит не отвечать на него автоматически',
  'only Reply-To names the writer, and nothing proves it':
    'кто писал, известно только из Reply-To, и это ничем не подтверждено',
  'nobody is named as the writer': 'в письме не назван тот, кто его написал',
  'it came through a group of ours, and nothing proves the writer':
    'пришло через группу службы, отправитель не подтверждён',
  'the same letter as N': 'повтор уже принятого письма',
  'the return path is null': 'обратный адрес пуст',
  'the desk has closed this ticket as spam': 'обращение закрыто как спам',
  'From holds no single valid address': 'в поле From нет одного верного адреса',
  'the domain of From has no dot, and is not ours': 'в адресе отправителя домен без точки, и он не наш',
  'From is an address of ours': 'отправитель — адрес службы',
  'From is the address it was sent to': 'отправлено самому себе',
  'Delivered-To names one mailbox twice in a row': 'письмо ходит по кругу',
  'From is not proven': 'отправитель не подтверждён',
  'the return path belongs to another organisation, and nothing proves From':
    'обратный адрес чужой, отправитель не подтверждён',
  'the letter arrived N hours ago': 'письмо пришло слишком давно',
  'replies are not acknowledged here': 'ответы не подтверждаются',
  'this ticket was acknowledged within the hour': 'по обращению уже было подтверждение за этот час',
  'the address has had its letters for this hour': 'предел подтверждений на адрес за час',
  'the address has had its letters for this day': 'предел подтверждений на адрес за день',
  'the domain has had its letters for this hour': 'предел подтверждений на домен за час',
  'a letter that the desk sent': 'письмо отправила сама служба',
  'it only asks for no more announcements': 'отписка от объявлений',
};

/** The name of a count for people. */
export const countName = (name: string, language: Language): string =>
  language === 'ru' && Object.hasOwn(RUSSIAN, name) ? RUSSIAN[name]! : name;
