import { Button, Group, Stack, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type Ref, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface CommentFormProps {
  label: string
  submitLabel: string
  from?: string
  autoFocus?: boolean
  field?: Ref<HTMLTextAreaElement>
  /** Stores it and reads the comments again. */
  onSend: (text: string) => Promise<unknown>
  /** Leaves without sending. */
  onCancel?: () => void
}

/** Where a comment is written or worded anew. Ctrl+Enter sends it. */
export function CommentForm(props: CommentFormProps) {
  const { label, submitLabel, from = '', autoFocus, field, onSend, onCancel } = props
  const { t } = useTranslation()
  const [text, setText] = useState(from)
  const send = useMutation({
    mutationFn: onSend,
    meta: { handled: true },
    onSuccess: () => setText(''),
  })
  const words = text.trim()
  const submit = () => {
    if (words && !send.isPending) send.mutate(words)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Stack gap={8}>
        <Textarea
          ref={field}
          autosize
          minRows={2}
          maxRows={12}
          maxLength={2000}
          autoFocus={autoFocus}
          aria-label={label}
          placeholder={label}
          value={text}
          error={send.error && (send.error.errors[0]?.detail ?? send.error.message)}
          onChange={(event) => setText(event.currentTarget.value)}
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
            <Button size="xs" type="submit" loading={send.isPending} disabled={!words}>
              {submitLabel}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  )
}
