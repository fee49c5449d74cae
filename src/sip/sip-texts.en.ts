import type { SipText, SipTexts } from './sip-texts';

/** For codes that belong to calls, messages or subscriptions. */
const notForRegister = (meaning: string): SipText => ({
  meaning,
  check: 'A registrar has no reason to answer a registration with this code. See which rule of the SBC sets it.',
});

export const ENGLISH: SipTexts = {
  codes: {
    300: {
      meaning: 'The server offers more than one address and leaves the choice to the app.',
      check: 'The target may be a redirect server. Enter the SBC itself as registration target in CloudLink.',
    },
    301: {
      meaning: 'The registrar has a new address for good; the Contact header of its answer gives it.',
      check: 'Enter the new SBC address in CloudLink, then sync.',
    },
    302: {
      meaning: 'The registrar sends the app to another address for the time being.',
      check:
        'See whether the SBC is being drained or serviced. Many apps do not follow this answer and simply stay offline.',
    },
    305: {
      meaning: 'The server is reached only through a proxy that its answer names.',
      check: 'The target should be the SBC. Correct the registration targets if they point straight at the PBX.',
    },
    380: notForRegister('The request failed and the server suggests a different service.'),
    400: {
      meaning: 'The server could not make sense of the registration.',
      check:
        'Look for unusual characters in the SIP user name, for a very long Contact (push data of mobile apps) and for an outdated app.',
    },
    401: {
      meaning: 'The registrar did not accept the SIP credential.',
      check:
        'Compare user name, realm and hash algorithm with the PBX; after a password change there, sync again. Most registrars answer the same for an unknown user. Many users at once: the SBC has probably lost its user database.',
    },
    402: notForRegister('This code is set aside for later use and has no agreed meaning.'),
    403: {
      meaning: 'The registrar understood the registration and forbids it. Trying again will not change that.',
      check:
        'Check the Teleworker licence, whether the user may sign in from this network, whether the digest user name fits the phone number, and the client certificate rules of the SBC. Strict SBCs also say this for a wrong hash.',
    },
    404: {
      meaning: 'The registrar knows no such user or domain.',
      check:
        'Make sure that the number exists in the PBX and on this SBC, and that the SIP domain is the one it serves.',
    },
    405: {
      meaning: 'This interface of the server accepts no registrations.',
      check: 'Enable registration on the SBC interface, or point the target at the interface that has it.',
    },
    406: {
      meaning: 'The server cannot answer in any form that the app accepts.',
      check: 'Update the app; if it is current, compare its Accept header with the SBC profile.',
    },
    407: {
      meaning: 'A proxy in front of the registrar did not accept the SIP credential.',
      check:
        'As for 401, but the credential must be right for the proxy: compare its realm with the one that was synced.',
    },
    408: {
      meaning: 'The server gave up because something behind it did not answer in time.',
      check: 'See whether the SBC is overloaded or hangs, and whether it reaches the PBX.',
    },
    410: {
      meaning: 'The user existed here and has been taken away for good.',
      check: 'See whether the user was deleted in the PBX. If so, take the user out of the integration as well.',
    },
    412: notForRegister('A condition that the request named does not hold (presence publishing).'),
    413: {
      meaning: 'The body of the request is larger than the server takes.',
      check: 'Raise the message size limit of the SBC, or update the app.',
    },
    414: {
      meaning: 'The address in the request is longer than the server takes.',
      check: 'Look at the SIP domain and user name that CloudLink holds for the user.',
    },
    415: {
      meaning: 'The request carries content of a type that the server does not read.',
      check: 'Update the app; a registration normally carries no content at all.',
    },
    416: {
      meaning: 'The server does not handle this kind of address.',
      check: 'The address must begin with sip:. Some servers refuse sips: and tel:.',
    },
    417: notForRegister('The server does not know the priority that the request claims.'),
    420: {
      meaning: 'The app insists on a SIP extension that the server does not have.',
      check: 'The Unsupported header of the answer names it. Update the SBC, or switch the extension off.',
    },
    421: {
      meaning: 'The server insists on a SIP extension that the app does not offer.',
      check: 'The Require header names it. Look for forced outbound, path or sec-agree in the SBC profile.',
    },
    422: notForRegister('The session timer asked for is below the minimum (calls).'),
    423: {
      meaning: 'The app asked for a shorter registration than the registrar allows.',
      check: 'Apps normally repeat with the minimum by themselves. If it persists, lower the minimum on the SBC.',
    },
    424: notForRegister('The location sent along cannot be used (emergency calls).'),
    425: notForRegister('The emergency data sent along cannot be used.'),
    428: notForRegister('The server wants the identity of the caller signed.'),
    429: notForRegister('The server wants proof of who referred the call.'),
    430: {
      meaning: 'The connection over which the app was known to the SBC is no longer usable.',
      check: 'The app connects again by itself. If it recurs, look at SBC failover and at idle limits of firewalls.',
    },
    433: notForRegister('The server does not take anonymous requests.'),
    436: notForRegister('The certificate behind a signed identity cannot be fetched.'),
    437: notForRegister('The certificate behind a signed identity cannot be verified.'),
    438: notForRegister('The signature over the identity is not valid.'),
    439: {
      meaning: 'The registrar needs SIP outbound, and the first hop does not support it.',
      check: 'Switch outbound (RFC 5626) on at the SBC, or stop the registrar from asking for it.',
    },
    440: {
      meaning: 'The request was forked into more branches than allowed.',
      check: 'Look for forwarding rules on the SBC that multiply requests.',
    },
    469: notForRegister('The server does not know the kind of INFO message.'),
    470: notForRegister('The receiver has to agree before this request is delivered.'),
    480: {
      meaning: 'The user is known, but the server cannot serve the user at the moment.',
      check: 'See whether the SBC reaches the PBX and whether the user is blocked there.',
    },
    481: {
      meaning: 'The server has no record of the exchange that the request belongs to.',
      check: 'Usual after a restart of the SBC. Registering anew mends it.',
    },
    482: {
      meaning: 'The registration came back to a server that it had already passed.',
      check: 'Look for a circle in the routing between SBC, backup SBC and PBX.',
    },
    483: {
      meaning: 'The registration passed more servers than it may.',
      check: 'Nearly always a routing circle between SBC and PBX.',
    },
    484: {
      meaning: 'The number in the address lacks digits.',
      check: 'Compare the SIP user name with the full number in the PBX, with country and area code.',
    },
    485: {
      meaning: 'The address fits more than one user.',
      check: 'Search the PBX for a second user with the same number.',
    },
    486: notForRegister('The user is on another call.'),
    487: notForRegister('The request was called off before it was answered.'),
    488: {
      meaning: 'The SBC does not accept what the app offers; a Warning header may say what.',
      check: 'Compare the TLS and SRTP duties of the SBC profile with the transport of the target.',
    },
    489: notForRegister('The server does not know the event that the app subscribes to.'),
    491: {
      meaning: 'An earlier request of this app is still being worked on.',
      check: 'Passes by itself. If it does not, the SBC is slow to answer.',
    },
    493: notForRegister('The server cannot decrypt the content of the request.'),
    494: {
      meaning: 'The server wants to negotiate security first (sec-agree), which this app does not do.',
      check: 'Switch sec-agree off in the SBC profile for these users.',
    },
    500: {
      meaning: 'The SBC or the PBX behind it ran into a fault of its own.',
      check: 'Read the log of the SBC for the time of the report. Restart or update it if the fault recurs.',
    },
    501: {
      meaning: 'The server does not know what a registration is.',
      check: 'Make sure that the target port belongs to a SIP registrar.',
    },
    502: {
      meaning: 'The SBC got an unusable answer from the server behind it.',
      check: 'Test the link from the SBC to the PBX.',
    },
    503: {
      meaning: 'The SBC turned the registration away because it is overloaded, serviced or at a limit.',
      check: 'Look at the load of the SBC, at its licences and at the number of devices that a user may register.',
    },
    504: {
      meaning: 'The SBC waited in vain for the server behind it.',
      check: 'Test the link from the SBC to the PBX and the name resolution on the SBC.',
    },
    505: {
      meaning: 'The server does not speak this version of SIP.',
      check: 'Make sure that the target port is a SIP port.',
    },
    513: {
      meaning: 'The registration as a whole is larger than the server takes.',
      check: 'Long push data of mobile apps is the usual cause. Raise the message limit of the SBC.',
    },
    555: {
      meaning: 'The SBC cannot wake apps through the push service that this app uses.',
      check: 'Set up push for Zoom on the SBC. Desktop apps are not affected.',
    },
    580: notForRegister('A condition on the media of a call does not hold.'),
    600: notForRegister('The user is busy on every device.'),
    603: {
      meaning: 'The registration was turned down for every place.',
      check: 'Look for a blocking rule in the SBC and read its log.',
    },
    604: {
      meaning: 'No server knows this user.',
      check: 'See whether the user was deleted in the PBX, and whether the SIP domain is right.',
    },
    606: {
      meaning: 'No server accepts what the app offers.',
      check: 'Compare the media and security rules of the SBC profile with what the app can do.',
    },
    607: notForRegister('The called person does not want calls from this caller.'),
    608: notForRegister('A filter on the way rejected the call.'),
  },
  classes: {
    1: {
      meaning: 'The server is still working on the registration.',
      check: 'Wait for the final answer. If none comes, look at the SBC.',
    },
    2: { meaning: 'The server accepted the request.', check: 'Nothing needs to be done.' },
    3: {
      meaning: 'The server points the app to another address.',
      check: 'Make sure that the registration targets name the SBC that serves the user.',
    },
    4: {
      meaning: 'The server refuses this registration as it is.',
      check: 'The code is not a standard one: search the manual and the log of the SBC for it.',
    },
    5: {
      meaning: 'The server could not carry out the registration.',
      check:
        'The code is not a standard one: search the manual and the log of the SBC for it, then test its link to the PBX.',
    },
    6: {
      meaning: 'No server will carry out this registration.',
      check: 'The code is not a standard one: search the manual and the log of the SBC for it.',
    },
  },
  madeByApp: {
    408: {
      meaning: 'The app made this code itself, not the SBC: its registration got no answer at all.',
      check:
        'Look at the way to the SBC: is the port of the target right and open in every firewall, does a TLS port get TLS, is the SBC running and not hanging?',
    },
    503: {
      meaning: 'The app made this code itself, not the SBC: it could not open a connection to the target.',
      check:
        'Look at port and certificate: is the port open, and is the certificate of the SBC unexpired, issued for the name or address of the target and signed by an authority that the app trusts? Does the SBC demand a client certificate?',
    },
  },
  withoutAnswer: {
    meaning: 'The app made this code itself, not the SBC: there was no SIP answer.',
    check: 'Look at name resolution, port and certificate of the target before looking at the SBC itself.',
  },
};
