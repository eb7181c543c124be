/** The API says what you may do with a document; no screen asks for the name of a role. */
export function may(document: { permissions: string[] } | null | undefined, act: string): boolean {
  return document?.permissions.includes(act) ?? false
}
