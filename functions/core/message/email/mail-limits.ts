/** What a mail can carry. */
export const limits = {
  /**
   * 'Less than 100 characters' (Amazon SNS API, Publish, Subject). The unit is not documented, so UTF-16 code units
   * are counted: there are never fewer of them than code points.
   */
  subject: 99,
  /** Bytes of a line without its end (RFC 5322, 2.1.1). A relay may break a longer line anywhere. */
  line: 998,
} as const;
