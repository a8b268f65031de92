package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/bufbuild/protocompile"
	"github.com/bufbuild/protocompile/linker"
	gengo "google.golang.org/protobuf/cmd/protoc-gen-go/internal_gengo"
	"google.golang.org/protobuf/compiler/protogen"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/pluginpb"
)

func main() {
	root := flag.String("root", ".", "folder that paths are relative to")
	flag.Parse()
	if err := run(*root, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "protogen:", err)
		os.Exit(1)
	}
}

func run(root string, paths []string) error {
	if len(paths) == 0 {
		return errors.New("name at least one proto file")
	}
	files, err := compile(root, paths)
	if err != nil {
		return err
	}
	generated, err := generate(files, paths)
	if err != nil {
		return err
	}
	for name, content := range generated {
		if err := os.WriteFile(filepath.Join(root, filepath.FromSlash(name)), []byte(content), 0o644); err != nil {
			return fmt.Errorf("write Go types: %w", err)
		}
	}
	return nil
}

// compile parses, links and checks the files, with their comments.
func compile(root string, paths []string) (linker.Files, error) {
	compiler := protocompile.Compiler{
		Resolver:       protocompile.WithStandardImports(&protocompile.SourceResolver{ImportPaths: []string{root}}),
		SourceInfoMode: protocompile.SourceInfoStandard,
	}
	files, err := compiler.Compile(context.Background(), paths...)
	if err != nil {
		return nil, fmt.Errorf("compile proto files: %w", err)
	}
	return files, nil
}

// generate does what protoc-gen-go does with a request of protoc. It returns contents by name.
func generate(files linker.Files, paths []string) (map[string]string, error) {
	parameter := "paths=source_relative"
	request := &pluginpb.CodeGeneratorRequest{FileToGenerate: paths, Parameter: &parameter}
	for _, f := range files {
		described, ok := f.(linker.Result)
		if !ok {
			return nil, fmt.Errorf("generate Go types: %s was not compiled from source", f.Path())
		}
		request.ProtoFile = append(request.ProtoFile, proto.Clone(described.FileDescriptorProto()).(*descriptorpb.FileDescriptorProto))
	}
	plugin, err := protogen.Options{}.New(request)
	if err != nil {
		return nil, fmt.Errorf("generate Go types: %w", err)
	}
	for _, f := range plugin.Files {
		if f.Generate {
			gengo.GenerateFile(plugin, f)
		}
	}
	response := plugin.Response()
	if response.Error != nil {
		return nil, fmt.Errorf("generate Go types: %s", *response.Error)
	}
	generated := make(map[string]string, len(response.File))
	for _, f := range response.File {
		generated[f.GetName()] = f.GetContent()
	}
	return generated, nil
}
