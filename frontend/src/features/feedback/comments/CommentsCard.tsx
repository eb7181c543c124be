import { Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ifMatch, tagOf } from '@/api/etags'
import { listNeedsQueryKey } from '@/api/gen/@tanstack/react-query.gen'
import {
  commentOnFeedback,
  deleteFeedbackComment,
  editFeedbackComment,
  markFeedbackSeen,
} from '@/api/gen/sdk.gen'
import type { Feedback, FeedbackComment } from '@/api/gen/types.gen'
import { itemsOf } from '@/api/paging'
import { may } from '@/api/permissions'
import { ConfirmButton } from '@/components/ConfirmButton'
import { LoadMore } from '@/components/LoadMore'
import { Markdown } from '@/components/Markdown'
import { PersonAvatar } from '@/components/PersonAvatar'
import { useFormat } from '@/i18n/format'
import classes from '../Feedback.module.css'
import { commentFeed, useRefreshFeedback } from '../queries'
import { CommentForm } from './CommentForm'

function Comment({ comment }: { comment: FeedbackComment }) {
  const { t } = useTranslation()
  const format = useFormat()
  const refresh = useRefreshFeedback()
  const [editing, setEditing] = useState(false)
  const asShown = {
    path: { feedback_comment_id: comment.id },
    headers: ifMatch(tagOf(comment)),
  }
  const remove = useMutation({
    mutationFn: () => deleteFeedbackComment(asShown),
    onSettled: refresh,
  })
  const small = { size: 'compact-xs', variant: 'subtle', color: 'gray' } as const
  return (
    <Group component="li" gap="sm" wrap="nowrap" align="flex-start">
      <PersonAvatar name={comment.author.name} size={32} />
      <div style={{ flex: 1, minWidth: 0 }}>
        <Group gap={8}>
          <Text size="sm" fw={600}>
            {comment.author.name}
          </Text>
          <Text size="xs" c="dimmed">
            <time dateTime={comment.created_at} title={format.instant(comment.created_at)}>
              {format.elapsed(comment.created_at)}
            </time>
            {comment.edited_at && ` · ${t('conversation.edited')}`}
          </Text>
        </Group>
        {editing ? (
          <CommentForm
            autoFocus
            label={t('conversation.editOf')}
            submitLabel={t('common.save')}
            from={comment.text}
            onCancel={() => setEditing(false)}
            onSend={async (text) => {
              await editFeedbackComment({ ...asShown, body: { text } })
              await refresh()
              setEditing(false)
            }}
          />
        ) : (
          <Text size="sm" component="div">
            <Markdown>{comment.text}</Markdown>
          </Text>
        )}
        {!editing && (
          <Group gap={4}>
            {may(comment, 'edit') && (
              <Button {...small} onClick={() => setEditing(true)}>
                {t('conversation.edit')}
              </Button>
            )}
            {may(comment, 'delete') && (
              <ConfirmButton
                {...small}
                question={t('feedback.deleteComment')}
                confirmLabel={t('conversation.delete')}
                loading={remove.isPending}
                onConfirm={() => remove.mutate()}
              >
                {t('conversation.delete')}
              </ConfirmButton>
            )}
          </Group>
        )}
      </div>
    </Group>
  )
}

/** Whoever opens it has looked: comments here wait for them no more. */
function useSeen(feedbackId: string) {
  const queryClient = useQueryClient()
  const { mutate } = useMutation({
    mutationFn: () => markFeedbackSeen({ path: { feedback_id: feedbackId } }),
    meta: { handled: true },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: listNeedsQueryKey() }),
  })
  useEffect(mutate, [mutate])
}

/** What was said about it, the oldest first; whoever reads it may say something. */
export function CommentsCard({ feedback }: { feedback: Feedback }) {
  const { t } = useTranslation()
  const refresh = useRefreshFeedback()
  const feed = useSuspenseInfiniteQuery(commentFeed(feedback.id))
  const comments = itemsOf(feed.data)
  const field = useRef<HTMLTextAreaElement>(null)
  const isAsked = useLocation({ select: ({ hash }) => hash === 'comments' })
  useSeen(feedback.id)
  useEffect(() => {
    if (isAsked) field.current?.focus()
  }, [isAsked])
  return (
    <Card component="section" id="comments" aria-label={t('feedback.commentsTitle')}>
      <Title order={2} mb="md">
        {t('feedback.commentsTitle')}
      </Title>
      <Stack gap="lg">
        {comments.length > 0 && (
          <ol className={classes.list}>
            {comments.map((comment) => (
              <Comment key={comment.id} comment={comment} />
            ))}
          </ol>
        )}
        <LoadMore feed={feed} />
        {may(feedback, 'comment') && (
          <CommentForm
            field={field}
            label={t('feedback.writeComment')}
            submitLabel={t('conversation.send')}
            onSend={async (text) => {
              await commentOnFeedback({ path: { feedback_id: feedback.id }, body: { text } })
              await refresh()
            }}
          />
        )}
      </Stack>
    </Card>
  )
}
