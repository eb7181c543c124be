import { Badge, Box, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ANY_VERSION, ifMatch, tagOf } from '@/api/etags'
import {
  addGoalCommentReaction,
  deleteGoalComment,
  editGoalComment,
  removeGoalCommentReaction,
} from '@/api/gen/sdk.gen'
import type { GoalComment } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { Markdown } from '@/components/Markdown'
import { PersonAvatar } from '@/components/PersonAvatar'
import { toastUndo } from '@/components/toasts'
import { useFormat } from '@/i18n/format'
import { ReactionBar } from '../ReactionBar'
import classes from './Comment.module.css'
import { CommentForm } from './CommentForm'
import { withLinks } from './mentions'
import { useRefreshComments } from './queries'

interface CommentProps {
  comment: GoalComment
  /** Opens the form for a reply. */
  onReply?: () => void
  /** What hangs below it. */
  children?: ReactNode
}

function Head({ comment }: { comment: GoalComment }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Group gap={8}>
      <Text size="sm" fw={600}>
        {comment.author.name}
      </Text>
      <Text
        size="xs"
        c="dimmed"
        component="time"
        dateTime={comment.created_at}
        title={format.instant(comment.created_at)}
      >
        {format.ago(comment.created_at)}
      </Text>
      {comment.edited_at && (
        <Text size="xs" c="dimmed" title={format.instant(comment.edited_at)}>
          {t('conversation.edited')}
        </Text>
      )}
      {comment.is_new && (
        <Badge size="sm" color="brand">
          {t('conversation.new')}
        </Badge>
      )}
    </Group>
  )
}

function Acts({ comment, onEdit, onReply }: CommentProps & { onEdit: () => void }) {
  const { t } = useTranslation()
  const refresh = useRefreshComments(comment.goal_id)
  const path = { goal_comment_id: comment.id }
  const restore = useMutation({
    mutationFn: () =>
      editGoalComment({
        path,
        body: { text: comment.text ?? '', mention_ids: comment.mentions.map(({ id }) => id) },
        headers: ifMatch(ANY_VERSION),
      }),
    onSettled: refresh,
  })
  const remove = useMutation({
    mutationFn: () => deleteGoalComment({ path, headers: ifMatch(tagOf(comment)) }),
    onSuccess: () => {
      toastUndo(t('conversation.deleted'), t('common.undo'), () => restore.mutate())
    },
    onSettled: refresh,
  })
  const small = { size: 'compact-xs', variant: 'subtle', color: 'gray' } as const
  return (
    <Group gap={4} mt={6}>
      <ReactionBar
        reactions={comment.reactions}
        disabled={!may(comment, 'react')}
        onReact={async (kind, wanted) => {
          const change = wanted ? addGoalCommentReaction : removeGoalCommentReaction
          await change({ path: { ...path, kind } })
          await refresh()
        }}
      />
      {onReply && may(comment, 'reply') && (
        <Button
          {...small}
          aria-label={t('conversation.replyTo', { name: comment.author.name })}
          onClick={onReply}
        >
          {t('conversation.reply')}
        </Button>
      )}
      {comment.text !== null && may(comment, 'edit') && (
        <Button {...small} onClick={onEdit}>
          {t('conversation.edit')}
        </Button>
      )}
      {may(comment, 'delete') && (
        <Button {...small} loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('conversation.delete')}
        </Button>
      )}
    </Group>
  )
}

/** What somebody said; its author changes it in place. */
export function Comment({ comment, onReply, children }: CommentProps) {
  const { t } = useTranslation()
  const refresh = useRefreshComments(comment.goal_id)
  const [editing, setEditing] = useState(false)
  const place = useRef<HTMLLIElement>(null)
  const leave = () => {
    setEditing(false)
    place.current?.focus()
  }
  if (comment.text === null) {
    return (
      <Box component="li">
        <Text size="sm" c="dimmed" fs="italic">
          {t('conversation.gone')}
        </Text>
        {children}
      </Box>
    )
  }
  return (
    <li ref={place} tabIndex={-1} className={classes.comment}>
      <PersonAvatar name={comment.author.name} size={32} />
      <Stack gap={2} flex={1} miw={0}>
        <Head comment={comment} />
        {editing ? (
          <CommentForm
            autoFocus
            goalId={comment.goal_id}
            label={t('conversation.editOf')}
            submitLabel={t('common.save')}
            from={{ text: comment.text, mentions: comment.mentions }}
            onCancel={leave}
            onSend={async (body) => {
              await editGoalComment({
                path: { goal_comment_id: comment.id },
                body,
                headers: ifMatch(tagOf(comment)),
              })
              await refresh()
              leave()
            }}
          />
        ) : (
          <>
            <Text size="sm" component="div">
              <Markdown>{withLinks(comment.text, comment.mentions)}</Markdown>
            </Text>
            <Acts comment={comment} onReply={onReply} onEdit={() => setEditing(true)} />
          </>
        )}
        {children}
      </Stack>
    </li>
  )
}
