import { Group, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ANY_VERSION, ifMatch, tagOf } from '@/api/etags'
import { addKeyResult, getKeyResult, removeKeyResult, updateKeyResult } from '@/api/gen/sdk.gen'
import type { GoalDetail, KeyResult } from '@/api/gen/types.gen'
import { may } from '@/api/permissions'
import { ConfirmButton } from '@/components/ConfirmButton'
import { DecimalInput } from '@/components/DecimalInput'
import { FormDrawer } from '@/components/FormDrawer'
import { toastDone } from '@/components/toasts'
import { useFormSave } from '@/components/useFormSave'
import { changedFields } from '@/lib/patch'
import {
  emptyKeyResult,
  fieldsOfKeyResult,
  type KeyResultFields,
  keyResultBody,
} from './goalFields'
import { KeyResultInputs } from './KeyResultInputs'
import { refreshGoals } from './queries'
import { keyResultErrors } from './rules'
import { draftWithKeyResult } from './smart/draft'
import { SmartAdvice, SmartNews } from './smart/SmartAdvice'
import { useDraftLanguage } from './smart/useSmartHints'

function fieldsOf(keyResult: KeyResult | undefined): KeyResultFields {
  return keyResult ? fieldsOfKeyResult(keyResult) : emptyKeyResult()
}

interface KeyResultDrawerProps {
  goal: GoalDetail
  /** Which to edit; none: one is added. */
  keyResult?: KeyResult
  onClosed: () => void
}

export function KeyResultDrawer({ goal, keyResult, onClosed }: KeyResultDrawerProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const base = useRef(keyResult)
  const language = useDraftLanguage()
  const form = useForm<KeyResultFields>({
    initialValues: fieldsOf(keyResult),
    validate: (fields) => keyResultErrors(t, fields),
  })
  const save = useFormSave({
    form,
    tag: () => (base.current ? tagOf(base.current) : ANY_VERSION),
    send: (fields, tag) => {
      if (!base.current) {
        return addKeyResult({ path: { goal_id: goal.id }, body: keyResultBody(fields) })
      }
      return updateKeyResult({
        path: { key_result_id: base.current.id },
        body: changedFields(keyResultBody(fields), keyResultBody(fieldsOf(base.current))),
        headers: ifMatch(tag),
      })
    },
    reload: async () => {
      if (base.current) {
        base.current = (await getKeyResult({ path: { key_result_id: base.current.id } })).data
      }
      return fieldsOf(base.current)
    },
    onSaved: () => {
      refreshGoals(queryClient)
      toastDone(t('keyResult.saved'))
      onClosed()
    },
  })
  const remove = useMutation({
    mutationFn: () =>
      removeKeyResult({
        path: { key_result_id: keyResult?.id ?? '' },
        headers: ifMatch(ANY_VERSION),
      }),
    onSuccess: () => {
      refreshGoals(queryClient)
      toastDone(t('keyResult.removed'))
      onClosed()
    },
  })
  return (
    <FormDrawer
      title={keyResult ? t('keyResult.edit') : t('goal.act.add_key_result')}
      submitLabel={t('common.save')}
      save={save}
      onClosed={onClosed}
    >
      <Stack gap="md">
        <SmartAdvice
          draft={draftWithKeyResult(goal, language, form.values, keyResult?.id)}
          base="key_results.0."
        >
          <KeyResultInputs
            form={form}
            at=""
            fields={form.values}
            isKindFixed={Boolean(keyResult?.checked_in_at)}
            autoFocus
          />
          <SmartNews />
        </SmartAdvice>
        <DecimalInput
          label={t('goal.weight')}
          description={t('keyResult.weightHint')}
          {...form.getInputProps('weight')}
        />
        {keyResult && may(keyResult, 'remove') && (
          <Group>
            <ConfirmButton
              size="xs"
              question={t('keyResult.removeQuestion')}
              confirmLabel={t('common.remove')}
              loading={remove.isPending}
              onConfirm={() => remove.mutate()}
            >
              {t('keyResult.removeThis')}
            </ConfirmButton>
          </Group>
        )}
      </Stack>
    </FormDrawer>
  )
}
