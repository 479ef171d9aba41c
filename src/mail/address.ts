// stand-in
export interface Mailbox { readonly name: string; readonly address: string; }
