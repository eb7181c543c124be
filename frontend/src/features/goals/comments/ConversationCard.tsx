import { Button, Card, Stack, Title } from '@mantine/core'
import { useInViewport } from '@mantine/hooks'
import { IconMessages } from '@tabler/icons-react'
import {
  useInfiniteQuery,
  useMutation,
  useQueryClient,
  useSuspenseInfiniteQuery,
} from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listNeedsQueryKey } from '@/api/gen/@tanstack/react-query.gen'
import { commentOnGoal, markGoalCommentsSeen } from '@/api/gen/sdk.gen'
import type { GoalCommentThread } from '@/api/gen/types.gen'
import { itemsOf } from '@/api/paging'
import { EmptyState } from '@/components/EmptyState'
import { LoadMore } from '@/components/LoadMore'
import { Comment } from './Comment'
import classes from './Comment.module.css'
import { CommentForm } from './CommentForm'
import { commentFeed, replyFeed, useRefreshComments } from './queries'

const PLAIN = { listStyle: 'none' } as const

/** The last few replies, the oldest of them first, and the earlier ones for whoever asks. */
function Replies({ thread }: { thread: GoalCommentThread }) {
  const { t } = useTranslation()
  const list = useRef<HTMLOListElement>(null)
  // What waits for the reader is never hidden behind a button.
  const [open, setOpen] = useState(
    () => thread.has_new_replies && !thread.replies.some((reply) => reply.is_new),
  )
  const feed = useInfiniteQuery({ ...replyFeed(thread.id), enabled: open })
  const shown = feed.data ? itemsOf(feed.data) : thread.replies
  const hidden = feed.data && !feed.hasNextPage ? 0 : thread.reply_count - shown.length
  const asked = useRef(false)
  useEffect(() => {
    // The button is gone: whoever pressed it goes on at the replies.
    if (asked.current && hidden <= 0) list.current?.focus()
    if (hidden <= 0) asked.current = false
  }, [hidden])
  const showEarlier = () => {
    asked.current = true
    if (open) feed.fetchNextPage()
    else setOpen(true)
  }
  if (shown.length === 0) return null
  return (
    <>
      {hidden > 0 && (
        <Button
          size="compact-xs"
          variant="subtle"
          mt="xs"
          className="no-print"
          style={{ alignSelf: 'flex-start' }}
          loading={feed.isFetching}
          onClick={showEarlier}
        >
          {t('conversation.earlier', { count: hidden })}
        </Button>
      )}
      <ol
        ref={list}
        tabIndex={-1}
        className={classes.replies}
        aria-label={t('conversation.replies', { name: thread.author.name })}
      >
        {[...shown].reverse().map((reply) => (
          <Comment key={reply.id} comment={reply} />
        ))}
      </ol>
    </>
  )
}

function Thread({ thread }: { thread: GoalCommentThread }) {
  const { t } = useTranslation()
  const refresh = useRefreshComments(thread.goal_id)
  const [replying, setReplying] = useState(false)
  const { name } = thread.author
  return (
    <Comment comment={thread} onReply={() => setReplying(true)}>
      <Replies thread={thread} />
      {replying && (
        <div style={{ marginTop: 10 }}>
          <CommentForm
            autoFocus
            goalId={thread.goal_id}
            label={t('conversation.replyTo', { name })}
            submitLabel={t('conversation.sendReply')}
            onCancel={() => setReplying(false)}
            onSend={async (body) => {
              await commentOnGoal({
                path: { goal_id: thread.goal_id },
                body: { ...body, reply_to_id: thread.id },
              })
              await refresh()
              setReplying(false)
            }}
          />
        </div>
      )}
    </Comment>
  )
}

/** Tells the API once that what was new has come into sight; the page goes on to mark it. */
function useSeen(goalId: string, waits: boolean) {
  const queryClient = useQueryClient()
  const { ref, inViewport } = useInViewport<HTMLDivElement>()
  const { mutate } = useMutation({
    mutationFn: () => markGoalCommentsSeen({ path: { goal_id: goalId } }),
    meta: { handled: true },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: listNeedsQueryKey() }),
  })
  const isSeen = waits && inViewport
  useEffect(() => {
    if (isSeen) mutate()
  }, [isSeen, mutate])
  return ref
}

/** What people say about the goal: the newest thread first, each with its replies. */
export function ConversationCard({ goalId }: { goalId: string }) {
  const { t } = useTranslation()
  const refresh = useRefreshComments(goalId)
  const feed = useSuspenseInfiniteQuery(commentFeed(goalId))
  const threads = itemsOf(feed.data)
  const waits = threads.some((thread) => thread.is_new || thread.has_new_replies)
  const seen = useSeen(goalId, waits)
  return (
    <Card id="conversation" ref={seen}>
      <Title order={2} mb="md">
        {t('conversation.title')}
      </Title>
      <CommentForm
        goalId={goalId}
        label={t('conversation.write')}
        submitLabel={t('conversation.send')}
        onSend={async (body) => {
          await commentOnGoal({ path: { goal_id: goalId }, body })
          await refresh()
        }}
      />
      {threads.length === 0 ? (
        <EmptyState
          compact
          icon={IconMessages}
          title={t('conversation.emptyTitle')}
          example={t('conversation.emptyExample')}
        >
          {t('conversation.emptyText')}
        </EmptyState>
      ) : (
        <Stack component="ol" gap="lg" mt="lg" m={0} p={0} style={PLAIN}>
          {threads.map((thread) => (
            <Thread key={thread.id} thread={thread} />
          ))}
        </Stack>
      )}
      <LoadMore feed={feed} />
    </Card>
  )
}
