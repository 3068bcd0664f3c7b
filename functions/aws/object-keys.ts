/**
 * A key as S3 writes it in event notifications and in listings with `EncodingType: url`: form-encoded UTF-8 (Amazon S3
 * User Guide, 'Event message structure'; Amazon S3 API Reference, `ListObjectVersions`). Throws `URIError`.
 */
export const decodeKey = (key: string): string => decodeURIComponent(key.replaceAll("+", " "));

/** Consoles represent a folder by an empty object whose key ends with a slash. */
export const isFolder = (key: string, size: number | undefined): boolean => key.endsWith("/") && size === 0;
