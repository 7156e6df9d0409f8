/** Words of WhatsApp itself, in the languages met; other languages keep their text and set no flag. */
export const encryptionNotice =
  /end-to-end encrypted|end-to-end encryption|Ende-zu-Ende-verschl|cifrad[oa]s? de extremo a extremo|chiffrés de bout en bout|crittografat[ie] end-to-end|criptografia de ponta a ponta|end-to-end versleuteld/i

/** The same as the whole of a line: people speak about encryption too, and must not lose their name over it. */
export const isNotice = (text: string): boolean =>
  encryptionNotice.test(text) &&
  /^(?:\u200e|Messages (?:and calls|to this|you send)|Nachrichten und Anrufe|Los mensajes|Les messages|I messaggi|As mensagens|Berichten en oproepen)/.test(
    text,
  )

export const serviceStart =
  /^(?:You were added|You created group|You're now an admin|This business |Waiting for this message)/i
const groupLine =
  / (?:created (?:this )?group|added you|added |removed |left$|joined using |changed the (?:subject|group description)|changed this group|changed their phone number|is now an admin)/i

/** Whether a line without an author is one that the program writes. Only for detection and a flag, never to drop it. */
export const isServiceText = (text: string): boolean =>
  encryptionNotice.test(text) || serviceStart.test(text) || groupLine.test(text.slice(0, 400))

export const omitted =
  /^\u200e?(?:<(?:Media omitted|media omitted|Medien ausgeschlossen|Multimedia omitido|Médias omis|Media omessi|Mídia oculta|Media weggelaten)>|(?:image|video|audio|sticker|GIF|document|Contact card) omitted)$/i

export const deleted =
  /^\u200e?(?:This message was deleted\.?|You deleted this message\.?|Diese Nachricht wurde gelöscht\.?|Se eliminó este mensaje\.?|Ce message a été supprimé\.?|Mensagem apagada\.?)$/i

export const edited = /[\s\u200e]*<(?:This message was edited|Diese Nachricht wurde bearbeitet)>$/i

export const call =
  /^\u200e?(?:Missed |)(?:voice|video|group voice|group video) call(?:[.,]|$)|^\u200e?Missed (?:voice|video) call/i

/** `<attached: 000123-PHOTO.jpg>` in any language: the mark U+200E stands before it. */
export const attachedMark = /\u200e<[^<>:\n]{2,30}: ([^<>\n]{1,250})>/
/** `IMG-20200912-WA0001.jpg (file attached)`: the name first, the words in brackets. */
export const attachedName =
  /^\u200e?([^\s\\/:*?"<>|][^\\/:*?"<>|\n]{0,240}\.[A-Za-z0-9]{1,8}) \((?:file attached|Datei angehängt|archivo adjunto|fichier joint|file allegato|arquivo anexado|bestand bijgevoegd)\)/

export const place = /^\u200e?(?:location|Standort|ubicación|position|posizione|localização): (https:\/\/\S{1,300})/im
export const poll = /^\u200e?(?:POLL|UMFRAGE|ENCUESTA|SONDAGE):/
