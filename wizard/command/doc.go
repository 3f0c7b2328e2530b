// Package command has the commands beside the wizard itself: what they are called,
// their flags, what they do and print. How an error becomes a text and an exit
// status is here too, for all of the program.
//
// It may import session, plain, qrcode, the steps, their answers and reports, api
// with webhook and sandbox, and state. What needs the screens of the wizard is
// handed in: see Faces.
package command
