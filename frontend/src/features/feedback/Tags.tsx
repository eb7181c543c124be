import { Badge, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { CompanyValueRef } from '@/api/gen/types.gen'
import { hueOf, tintOf } from '@/lib/hue'
import { valuesOptions } from './queries'

const GOLDEN_ANGLE = 137.5

/** Each value has a hue of its own, far from that of the values named before and after it. */
export function useValueTint() {
  const { data: values } = useQuery(valuesOptions())
  return (value: CompanyValueRef) => {
    const place = values?.findIndex(({ id }) => id === value.id) ?? -1
    return tintOf(place < 0 ? hueOf(value.name) : (250 + place * GOLDEN_ANGLE) % 360)
  }
}

interface TagsProps {
  values: CompanyValueRef[]
  skills: string[]
}

/** The company values that it speaks of, and the skills. */
export function Tags({ values, skills }: TagsProps) {
  const tintOfValue = useValueTint()
  if (values.length + skills.length === 0) return null
  return (
    <Group gap={6}>
      {values.map((value) => (
        <Badge key={value.id} style={tintOfValue(value)}>
          {value.name}
        </Badge>
      ))}
      {skills.map((skill) => (
        <Badge key={skill} color="gray">
          {skill}
        </Badge>
      ))}
    </Group>
  )
}
