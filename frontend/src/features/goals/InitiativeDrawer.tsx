import { Group, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ANY_VERSION, ifMatch, tagOf } from '@/api/etags'
import { addInitiative, getInitiative, removeInitiative, updateInitiative } from '@/api/gen/sdk.gen'
import type { GoalDetail, Initiative, PersonRef } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { may } from '@/api/permissions'
import { ConfirmButton } from '@/components/ConfirmButton'
import { FormDrawer } from '@/components/FormDrawer'
import { PersonPicker } from '@/components/PersonPicker'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { changedFields, orNull } from '@/lib/patch'
import { useRefreshGoals } from './queries'

interface InitiativeFields {
  title: string
  owner_id: PersonRef | null
  key_result_id: string
  due_on: string
}

function fieldsOf(initiative: Initiative | undefined, me: PersonRef): InitiativeFields {
  return {
    title: initiative?.title ?? '',
    owner_id: initiative?.owner ?? me,
    key_result_id: initiative?.key_result?.id ?? '',
    due_on: initiative?.due_on ?? '',
  }
}

function bodyOf({ title, owner_id, key_result_id, due_on }: InitiativeFields) {
  return { title: title.trim(), owner_id: owner_id?.id, ...orNull({ key_result_id, due_on }) }
}

interface InitiativeDrawerProps {
  goal: GoalDetail
  /** Which to edit; none: one is added. */
  initiative: Initiative | undefined
  onClosed: () => void
}

export function InitiativeDrawer({ goal, initiative, onClosed }: InitiativeDrawerProps) {
  const { t } = useTranslation()
  const me = useMe()
  const refresh = useRefreshGoals()
  const base = useRef(initiative)
  const path = { initiative_id: initiative?.id ?? '' }
  const form = useForm<InitiativeFields>({
    initialValues: fieldsOf(initiative, me.person),
    validate: {
      title: (title) => (title.trim() ? null : t('form.required')),
      owner_id: (owner) => (owner ? null : t('form.required')),
    },
  })
  const done = (message: string) => {
    refresh()
    toastDone(message)
    onClosed()
  }
  const save = useFormSave({
    form,
    tag: () => (base.current ? tagOf(base.current) : ANY_VERSION),
    send: (fields, tag) => {
      if (!base.current) return addInitiative({ path: { goal_id: goal.id }, body: bodyOf(fields) })
      const body = changedFields(bodyOf(fields), bodyOf(fieldsOf(base.current, me.person)))
      return updateInitiative({ path, body, headers: ifMatch(tag) })
    },
    reload: async () => {
      base.current = (await getInitiative({ path })).data
      return fieldsOf(base.current, me.person)
    },
    onSaved: () => done(t('initiatives.saved')),
  })
  const remove = useMutation({
    mutationFn: () => removeInitiative({ path, headers: ifMatch(ANY_VERSION) }),
    onSuccess: () => done(t('initiatives.removed')),
  })
  return (
    <FormDrawer
      title={initiative ? t('initiatives.edit') : t('initiatives.add')}
      submitLabel={t('common.save')}
      save={save}
      onClosed={onClosed}
    >
      <TextInput
        required
        data-autofocus
        maxLength={200}
        label={t('initiatives.what')}
        placeholder={t('initiatives.example')}
        {...form.getInputProps('title')}
      />
      <PersonPicker required label={t('initiatives.who')} {...form.getInputProps('owner_id')} />
      <TextInput type="date" label={t('goal.dueOn')} {...form.getInputProps('due_on')} />
      {goal.key_results.length > 0 && (
        <Select
          clearable
          label={t('initiatives.keyResult')}
          placeholder={t('goal.wholeGoal')}
          data={goal.key_results.map(({ id, title }) => ({ value: id, label: title }))}
          {...form.getInputProps('key_result_id')}
          value={form.values.key_result_id || null}
          onChange={(id) => form.setFieldValue('key_result_id', id ?? '')}
        />
      )}
      {initiative && may(initiative, 'remove') && (
        <Group>
          <ConfirmButton
            size="xs"
            question={t('initiatives.removeQuestion')}
            confirmLabel={t('common.remove')}
            loading={remove.isPending}
            onConfirm={() => remove.mutate()}
          >
            {t('initiatives.remove')}
          </ConfirmButton>
        </Group>
      )}
    </FormDrawer>
  )
}
