import { Text, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { reportFeedback } from '@/api/gen/sdk.gen'
import { FormDrawer } from '@/components/FormDrawer'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { useRefreshFeedback } from '../queries'

interface ReportDrawerProps {
  feedbackId: string
  onClosed: () => void
}

/** Tells whoever moderates that something public should not be. */
export function ReportDrawer({ feedbackId, onClosed }: ReportDrawerProps) {
  const { t } = useTranslation()
  const refresh = useRefreshFeedback()
  const form = useForm({
    initialValues: { reason: '' },
    validate: { reason: (reason) => (reason.trim() ? null : t('form.required')) },
  })
  const save = useFormSave({
    form,
    send: (body) => reportFeedback({ path: { feedback_id: feedbackId }, body }),
    onSaved: () => {
      toastDone(t('moderation.reported'))
      refresh()
      onClosed()
    },
  })
  return (
    <FormDrawer
      title={t('moderation.report')}
      submitLabel={t('moderation.send')}
      save={save}
      onClosed={onClosed}
      size="md"
    >
      <Text size="sm" c="dimmed">
        {t('moderation.hint')}
      </Text>
      <Textarea
        required
        data-autofocus
        autosize
        minRows={3}
        maxLength={500}
        label={t('moderation.reason')}
        {...form.getInputProps('reason')}
      />
    </FormDrawer>
  )
}
