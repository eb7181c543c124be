import { Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { declineFeedbackRequest } from '@/api/gen/sdk.gen'
import { FormDrawer } from '@/components/FormDrawer'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { useRefreshFeedback } from '../queries'

interface DeclineDrawerProps {
  requestId: string
  onClosed: () => void
}

/** Says that one will not answer, and why. */
export function DeclineDrawer({ requestId, onClosed }: DeclineDrawerProps) {
  const { t } = useTranslation()
  const refresh = useRefreshFeedback()
  const form = useForm({
    initialValues: { reason: '' },
    validate: { reason: (reason) => (reason.trim() ? null : t('form.required')) },
  })
  const save = useFormSave({
    form,
    send: (body) => declineFeedbackRequest({ path: { feedback_request_id: requestId }, body }),
    onSaved: () => {
      toastDone(t('requests.declinedNow'))
      refresh()
      onClosed()
    },
  })
  return (
    <FormDrawer
      title={t('requests.declineTitle')}
      submitLabel={t('requests.decline')}
      save={save}
      onClosed={onClosed}
      size="md"
    >
      <Textarea
        required
        data-autofocus
        autosize
        minRows={3}
        maxLength={500}
        label={t('requests.reason')}
        description={t('requests.reasonHint')}
        placeholder={t('requests.reasonExample')}
        {...form.getInputProps('reason')}
      />
    </FormDrawer>
  )
}
