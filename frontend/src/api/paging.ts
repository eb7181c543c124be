import type { InfiniteData, SkipToken } from '@tanstack/react-query'

interface Page<Item> {
  items: Item[]
  next_cursor: string | null
}

const byCursor = {
  initialPageParam: {} as Record<string, never>,
  getNextPageParam: (last: { next_cursor?: string | null }) => last.next_cursor ?? undefined,
}

/** Teaches a generated `*InfiniteOptions()` where a list begins and where it ends. */
export function cursorFeed<Options extends { queryFn?: unknown }>(options: Options) {
  return { ...options, ...byCursor } as Omit<Options, 'queryFn'> & {
    queryFn: Exclude<Options['queryFn'], SkipToken | undefined>
  } & typeof byCursor
}

export function itemsOf<Item>(data: InfiniteData<Page<Item>> | undefined): Item[] {
  return data?.pages.flatMap((page) => page.items) ?? []
}

/** A whole list, page by page: for the short ones that a select or a tree needs at once. */
export async function everyItem<Item>(
  read: (page: { limit: number; cursor?: string }) => Promise<{ data: Page<Item> }>,
): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | undefined
  do {
    const { data } = await read({ limit: 200, cursor })
    items.push(...data.items)
    cursor = data.next_cursor ?? undefined
  } while (cursor)
  return items
}
