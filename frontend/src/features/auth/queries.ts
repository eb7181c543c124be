import { listSessionsInfiniteOptions } from '@/api/gen/@tanstack/react-query.gen'
import { cursorFeed } from '@/api/paging'

export const sessionFeed = () => cursorFeed(listSessionsInfiniteOptions({ query: { limit: 50 } }))
