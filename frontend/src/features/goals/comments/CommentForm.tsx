import { Button, Group, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonRef } from '@/api/gen/types.gen'
import { ApiError } from '@/api/problem'
import { CommentInput } from './CommentInput'
import { spokenTo } from './mentions'

interface CommentBody {
  text: string
  mention_ids: string[]
}

interface CommentFormProps {
  goalId: string
  label: string
  submitLabel: string
  /** What is edited. */
  from?: { text: string; mentions: PersonRef[] }
  autoFocus?: boolean
  /** Stores it and reads the conversation again. */
  onSend: (body: CommentBody) => Promise<unknown>
  /** Leaves without sending; the form at the top stays where it is. */
  onCancel?: () => void
}

/** Where a comment, a reply or a change of one is written. Ctrl+Enter sends it. */
export function CommentForm(props: CommentFormProps) {
  const { goalId, label, submitLabel, from, autoFocus, onSend, onCancel } = props
  const { t } = useTranslation()
  const [text, setText] = useState(from?.text ?? '')
  const [picked, setPicked] = useState<PersonRef[]>(from?.mentions ?? [])
  const send = useMutation({
    mutationFn: onSend,
    meta: { handled: true },
    onSuccess: () => {
      setText('')
      setPicked([])
    },
    onError: (error) => {
      if (!(error instanceof ApiError)) reportError(error)
    },
  })
  const body = { text: text.trim(), mention_ids: spokenTo(text, picked) }
  const submit = () => {
    if (body.text && !send.isPending) send.mutate(body)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Stack gap={8}>
        <CommentInput
          goalId={goalId}
          aria-label={label}
          placeholder={label}
          description={t('conversation.writeHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoFocus={autoFocus}
          value={text}
          onChange={setText}
          onPick={(person) => setPicked((before) => [...before, person])}
          error={send.error && (send.error.errors[0]?.detail ?? send.error.message)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
            else if (event.key === 'Escape') onCancel?.()
          }}
        />
        {(onCancel || text !== '') && (
          <Group gap="xs" justify="flex-end">
            {onCancel && (
              <Button size="xs" variant="default" onClick={onCancel}>
                {t('common.cancel')}
              </Button>
            )}
            <Button size="xs" type="submit" loading={send.isPending} disabled={!body.text}>
              {submitLabel}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  )
}
