/**
 * Where Graph sends large files, whatever an answer or a stored handle names besides. The
 * documentation shows the first, the live service gives the second as well (PROVIDERS B2).
 */
export const UPLOAD_HOSTS: readonly string[] = ['outlook.office.com', 'outlook.office365.com'];
