import { Card, Stack, Title } from '@mantine/core'
import { useInViewport } from '@mantine/hooks'
import { IconMessages } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listNeedsQueryKey } from '@/api/gen/@tanstack/react-query.gen'
import { commentOnGoal, markGoalCommentsSeen } from '@/api/gen/sdk.gen'
import type { GoalCommentThread } from '@/api/gen/types.gen'
import { itemsOf } from '@/api/paging'
import { EmptyState } from '@/components/EmptyState'
import { LoadMore } from '@/components/LoadMore'
import { Comment } from './Comment'
import { CommentForm } from './CommentForm'
import { commentFeed, useRefreshComments } from './queries'

const PLAIN = { listStyle: 'none' } as const

function Thread({ thread }: { thread: GoalCommentThread }) {
  const { t } = useTranslation()
  const refresh = useRefreshComments(thread.goal_id)
  const [replying, setReplying] = useState(false)
  const { name } = thread.author
  return (
    <Comment comment={thread} onReply={() => setReplying(true)}>
      {thread.replies.length > 0 && (
        <Stack
          component="ol"
          gap="md"
          mt="sm"
          m={0}
          p={0}
          style={PLAIN}
          aria-label={t('conversation.replies', { name })}
        >
          {thread.replies.map((reply) => (
            <Comment key={reply.id} comment={reply} />
          ))}
        </Stack>
      )}
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
  const waits = threads.some(
    (thread) => thread.is_new || thread.replies.some((reply) => reply.is_new),
  )
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
