/** What a mail can carry. */
export const limits = {
  /**
   * 'Less than 100 characters' (Amazon SNS API, Publish, Subject). The unit is not documented, so UTF-16 code units
   * are counted: there are never fewer of them than code points.
   */
  subject: 99,
  /** Columns. RFC 5322, 2.1.1, recommends 78; quoted replies need a few of them. */
  width: 72,
} as const;
