import Foundation
import Testing

@testable import Sessions

/// Which files commands write, and who is named where one cannot.
@Suite(.serialized) struct EndingTests {
  private static let setup =
    "data moons count=20 noise=0.1; input 2; add dense 3 act=tanh; add dense 2; train 1; fork other; net main"

  private static let refusals: [(command: String, text: String)] = [
    (
      "tree > t.svg",
      """
      error[E-ARGUMENT]: tree writes .txt and .json files, found t.svg
        tree > t.svg
               ^~~~~
        note: .svg files are written by plot, draw, screen and 7 others
        try: plot loss > t.svg
        try: draw t.svg
        try: tree > t.txt
      """
    ),
    (
      "script > net.pdf",
      """
      error[E-ARGUMENT]: script writes .esp, .txt and .json files, found net.pdf
        script > net.pdf
                 ^~~~~~~
        try: script > net.esp
      """
    ),
    (
      "summary > kept.safetensors",
      """
      error[E-ARGUMENT]: summary writes .txt and .json files, found kept.safetensors
        summary > kept.safetensors
                  ^~~~~~~~~~~~~~~~
        note: .safetensors files are written by predict and save
        try: predict > kept.safetensors
        try: save kept.safetensors
        try: summary > kept.txt
      """
    ),
    (
      "show dense1 > 'a b.csv'",
      """
      error[E-ARGUMENT]: show writes .txt and .json files, found a b.csv
        show dense1 > 'a b.csv'
                      ^~~~~~~~~
        note: .csv files are written by plot, plan, predict and 11 others
        try: plot loss > "a b.csv"
        try: plan > "a b.csv"
        try: predict > "a b.csv"
        try: show dense1 > "a b.txt"
      """
    ),
    (
      "trace > t.esp",
      """
      error[E-ARGUMENT]: trace writes .txt and .json files, found t.esp
        trace > t.esp
                ^~~~~
        note: .esp files are written by script, recipe and save
        try: script > t.esp
        try: recipe > t.esp
        try: save t.esp
        try: trace > t.txt
      """
    ),
    (
      "gradients > g.html",
      """
      error[E-ARGUMENT]: gradients writes .txt and .json files, found g.html
        gradients > g.html
                    ^~~~~~
        try: gradients > g.txt
      """
    ),
    (
      "evaluate test > e.xml",
      """
      error[E-ARGUMENT]: evaluate writes .txt and .json files, found e.xml
        evaluate test > e.xml
                        ^~~~~
        try: evaluate test > e.txt
      """
    ),
    (
      "diff other > d.patch",
      """
      error[E-ARGUMENT]: diff writes .txt and .json files, found d.patch
        diff other > d.patch
                     ^~~~~~~
        try: diff other > d.txt
      """
    ),
    (
      "data > d.npy",
      """
      error[E-ARGUMENT]: data writes .txt and .json files, found d.npy
        data > d.npy
               ^~~~~
        try: data > d.txt
      """
    ),
    (
      "example > e.png",
      """
      error[E-ARGUMENT]: example writes .txt and .json files, found e.png
        example > e.png
                  ^~~~~
        try: example > e.txt
      """
    ),
    (
      "net > n.dot",
      """
      error[E-ARGUMENT]: net writes .txt and .json files, found n.dot
        net > n.dot
              ^~~~~
        note: .dot files are written by draw
        try: draw n.dot
        try: net > n.txt
      """
    ),
    (
      "defaults > d.ini",
      """
      error[E-ARGUMENT]: defaults writes .txt and .json files, found d.ini
        defaults > d.ini
                   ^~~~~
        try: defaults > d.txt
      """
    ),
    (
      "help conv > h.html",
      """
      error[E-ARGUMENT]: help writes .txt and .json files, found h.html
        help conv > h.html
                    ^~~~~~
        try: help conv > h.txt
      """
    ),
    (
      "plot loss > l.png",
      """
      error[E-ARGUMENT]: plot writes .svg, .csv and .json files, found l.png
        plot loss > l.png
                    ^~~~~
        try: plot loss > l.svg
      """
    ),
    (
      "plot loss > loss",
      """
      error[E-ARGUMENT]: plot writes .svg, .csv and .json files, found loss
        plot loss > loss
                    ^~~~
        try: plot loss > loss.svg
      """
    ),
    (
      "draw net.json",
      """
      error[E-ARGUMENT]: draw writes .svg and .dot files, found net.json
        draw net.json
             ^~~~~~~~
        try: draw main.svg
        try: draw main.dot
      """
    ),
    (
      "draw > net.txt",
      """
      error[E-ARGUMENT]: draw writes .svg and .dot files, found net.txt
        draw > net.txt
               ^~~~~~~
        try: draw > net.svg
      """
    ),
    (
      "predict > out.npy",
      """
      error[E-ARGUMENT]: predict writes .csv, .safetensors and .json files, found out.npy
        predict > out.npy
                  ^~~~~~~
        try: predict > out.csv
      """
    ),
    (
      "autosave > kept.json",
      """
      error[E-ARGUMENT]: autosave writes .txt files, found kept.json
        autosave > kept.json
                   ^~~~~~~~~
        note: .json files are written by tree, summary, show and 36 others
        try: tree > kept.json
        try: summary > kept.json
        try: autosave > kept.txt
      """
    ),
  ]

  @Test(
    "an ending that a command cannot write is refused, and who can is named", arguments: refusals)
  func refused(command: String, text: String) {
    Workplace.enter()
    let session = Session()
    session.answer(Self.setup)
    #expect(session.answer(command, from: .prompt).text == text)
  }

  @Test(
    "texts may have any of the usual names, and print writes what the user says",
    arguments: [
      "tree > plain", "tree > plain.txt", "summary > plain.TXT", "show dense1 > plain.log",
      "help > plain.md", "net > plain.text", "data > net-0.1", "script > again.esp",
      "script > again", "script > again.txt", "print a,b > table.csv",
      "print '{}' > own.json", "tree > /dev/null", "tree > tree.json", "plot loss > loss.JSON",
    ])
  func written(command: String) throws {
    Workplace.enter()
    let session = Session()
    session.answer(Self.setup)
    let answer = session.answer(command, from: .prompt)
    #expect(answer.text == "wrote \(command.split(separator: " ").last ?? "")")
  }
}
