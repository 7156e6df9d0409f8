import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { newTrainingKeys, trainingLogin } from '../src/index.ts'
import { signInPage } from '../src/pages.ts'
import { Pins } from '../src/pins.ts'

const person = {
  subject: 'test-officer',
  name: 'Test <Officer>',
  agency: 'Test Agency',
  role: 'officer',
  pin: '482913',
}

describe('the training login', () => {
  it('is refused to a live cell, with a reason', () => {
    const keys = newTrainingKeys()
    const options = { issuer: 'http://localhost:7373/training-login', clients: [], people: [person], keys }
    const live = trainingLogin({ ...options, mode: 'live' })
    assert.ok(!live.ok)
    assert.equal(live.error.code, 'TRAINING-ONLY')
    const pathless = trainingLogin({ ...options, mode: 'training', issuer: 'http://localhost:7373' })
    assert.ok(!pathless.ok)
    assert.equal(pathless.error.code, 'NO-PATH')
  })

  it('its page shows no PIN, runs no script, and writes names as text', () => {
    const page = signInPage({ prefix: '/training-login', action: '/x', people: [person], isRefused: true })
    assert.doesNotMatch(page, /482913|<script|style="|<style|onclick/)
    assert.match(page, /Test &#60;Officer&#62;/)
    assert.match(page, /<label for="pin">/)
    assert.match(page, /role="alert"/)
    assert.match(page, /<html lang="en">/)
  })
})

describe('PINs', () => {
  const begin = () => {
    let now = 1_000_000
    const pins = new Pins([person, { subject: 'other', pin: '111111' }], () => now)
    const pass = (ms: number) => {
      now += ms
    }
    return { pins, pass }
  }

  it('only the right one of the right person fits', () => {
    const { pins } = begin()
    assert.ok(pins.fits('test-officer', '482913'))
    assert.ok(!pins.fits('test-officer', '111111'))
    assert.ok(!pins.fits('nobody', '482913'))
    assert.ok(!pins.fits('', ''))
  })

  it('after five wrong ones even the right one must wait, each further wait is longer, others are not touched', () => {
    const { pins, pass } = begin()
    for (let i = 0; i < 5; i++) assert.ok(!pins.fits('test-officer', '000000'))
    assert.ok(!pins.fits('test-officer', '482913'))
    assert.ok(pins.fits('other', '111111'))
    pass(30_001)
    assert.ok(!pins.fits('test-officer', '000000'))
    pass(30_001)
    assert.ok(!pins.fits('test-officer', '482913'))
    pass(30_001)
    assert.ok(pins.fits('test-officer', '482913'))
    assert.ok(!pins.fits('test-officer', '000000'))
    assert.ok(pins.fits('test-officer', '482913'))
  })
})
