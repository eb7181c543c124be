/**
 * A change answers with the document as it is now, or with 204 where it has left your sight: then
 * there is nothing to show, and null says so.
 */
export function documentOf<Document extends { id: string }>(
  answer: Document | undefined | unknown,
): Document | null {
  const found = answer as Partial<Document> | null | undefined
  return found && 'id' in found ? (found as Document) : null
}
