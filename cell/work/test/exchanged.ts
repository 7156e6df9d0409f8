/** A box of invented mails, each from the first address to the second. */
export const mailbox = (...mails: readonly (readonly [from: string, to: string])[]): Buffer =>
  Buffer.from(
    mails
      .map(([from, to], at) =>
        [
          `From ${from} Mon May  4 10:0${at}:00 2026`,
          `From: <${from}>`,
          `To: <${to}>`,
          `Date: Mon, 4 May 2026 10:0${at}:00 +0000`,
          `Message-ID: <m${at}@mail.example>`,
          'Subject: test',
          '',
          'words',
          '',
          '',
        ].join('\n'),
      )
      .join(''),
  )

/** A synthetic export of Telegram in which so many people write, each twice. */
export const chat = (writers: number): Buffer =>
  Buffer.from(
    JSON.stringify({
      ...{ name: `group of ${writers}`, type: 'private_group', id: 4_100_000_000 + writers },
      messages: Array.from({ length: writers * 2 }, (_, at) => ({
        ...{ id: at + 1, type: 'message', date: '2026-05-04T10:00:00', date_unixtime: String(1_777_888_800 + at) },
        ...{ from: `Writer ${at % writers}`, from_id: `user${writers}000${at % writers}`, text: `words ${at}` },
      })),
    }),
  )
