import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { documentOf } from '@/api/document'
import { ifMatch, tagOf } from '@/api/etags'
import { saveGoalView, updateGoalView } from '@/api/gen/sdk.gen'
import type { GoalView } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { may } from '@/api/permissions'
import { FormProblem } from '@/components/FormProblem'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import type { GoalsSearch } from '../search'
import { useRefreshViews } from './queries'
import { viewQuery } from './viewQuery'

interface ViewDialogProps {
  /** The view that gets another name; without one, a new one is saved. */
  view?: GoalView
  search: GoalsSearch
  onSaved: (view: GoalView) => void
  onClosed: () => void
}

/** A name for what the page shows. */
export function ViewDialog({ view, search, onSaved, onClosed }: ViewDialogProps) {
  const { t } = useTranslation()
  const me = useMe()
  const refresh = useRefreshViews()
  const form = useForm({
    initialValues: { name: view?.name ?? '', is_shared: false },
    validate: { name: (name) => (name.trim() ? null : t('form.required')) },
  })
  const save = useFormSave({
    form,
    send: ({ name, is_shared }) => {
      if (view) {
        return updateGoalView({
          path: { goal_view_id: view.id },
          body: { name },
          headers: ifMatch(tagOf(view)),
        })
      }
      const query = viewQuery(search, me.person.id)
      return saveGoalView({ body: { name, query, is_shared } })
    },
    onSaved: async ({ data }) => {
      await refresh()
      const saved = documentOf<GoalView>(data)
      toastDone(t('views.saved', { name: form.getValues().name }))
      if (saved) onSaved(saved)
      onClosed()
    },
  })
  return (
    <Modal
      opened
      onClose={onClosed}
      title={t(view ? 'views.renameTitle' : 'views.saveTitle')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={save.submit} noValidate>
        <Stack gap="md">
          {save.problem && <FormProblem problem={save.problem} messages={save.messages} />}
          {!view && (
            <Text size="sm" c="dimmed">
              {t('views.saveHint')}
            </Text>
          )}
          <TextInput
            required
            data-autofocus
            label={t('views.name')}
            placeholder={t('views.nameExample')}
            maxLength={80}
            {...form.getInputProps('name')}
          />
          {!view && may(me, 'share_goal_views') && (
            <Checkbox
              label={t('views.share')}
              {...form.getInputProps('is_shared', { type: 'checkbox' })}
            />
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClosed}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={save.isSaving}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
