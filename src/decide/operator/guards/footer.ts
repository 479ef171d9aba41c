// What is left of the desk's part of a notification, where a mail client broke it so that it could not be cut out whole.

import { holdsFooter } from '../../../desk/footer.ts';
import { type Guard, never } from '../guard.ts';

export const footer: Guard = ({ text }) => (holdsFooter(text) ? never('footer', '') : null);
