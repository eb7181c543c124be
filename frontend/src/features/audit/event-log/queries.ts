import {
  getEventLogHeadOptions,
  listDeliveriesInfiniteOptions,
  listEventLogInfiniteOptions,
} from '@/api/gen/@tanstack/react-query.gen'
import { cursorFeed } from '@/api/paging'
import type { LogQuery } from './search'

export const eventLogFeed = (query: LogQuery) =>
  cursorFeed(listEventLogInfiniteOptions({ query: { limit: 50, ...query } }))

export const chainHead = () => getEventLogHeadOptions()

export const deadLettersFeed = () =>
  cursorFeed(listDeliveriesInfiniteOptions({ query: { limit: 50, state: 'dead' } }))
