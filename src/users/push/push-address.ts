/** What an app registers with so that it can be woken: RFC 8599 section 4.1. Together they are as good as a key: never logged, never stored in clear. */
export interface PushAddress {
  /** Such as `apns`, `fcm`, `webpush`. */
  provider: string;
  /** Such as `<team>.<bundle>.voip`, or the id of a project; '' where the provider needs none. */
  param: string;
  /** The device's token at the provider. */
  prid: string;
}

/** One push that an SBC asks for. */
export interface Push extends PushAddress {
  callId: string;
  /** The SBC's own mark of the binding (RFC 8599 section 6.1.2), to be handed on. */
  purr: string | undefined;
}

export const PROVIDER_FORM = /^[A-Za-z0-9._-]{1,32}$/;
export const PARAM_MAX = 256;
/** A registration token of FCM has some 160 characters, a web push address more. */
export const PRID_MAX = 2048;
/** Visible ASCII, so that it can stand in a SIP URI after unescaping and in a header. */
export const VISIBLE = /^[\x21-\x7e]*$/;

/** One text for one address: no field can run into the next, as none has a line break. */
export const spellAddress = ({ provider, param, prid }: PushAddress): string =>
  `push\n${provider.toLowerCase()}\n${param}\n${prid}`;
