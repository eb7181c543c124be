import { createFileRoute } from '@tanstack/react-router'
import { lazy } from 'react'
import { NotFound } from '@/components/ErrorPanel'

/** Every shared part on one page, for whoever builds with them. Not in what is shipped. */
const Kit = import.meta.env.DEV ? lazy(() => import('@/components/kit/Kit')) : NotFound

export const Route = createFileRoute('/__kit')({ component: () => <Kit /> })
