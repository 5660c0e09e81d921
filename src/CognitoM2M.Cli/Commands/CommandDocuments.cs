using System.Text.Json.Serialization;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Tokens;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>Serializes the documents of single commands without reflection, so that the tool can be compiled to native code.</summary>
[JsonSerializable(typeof(ApplyCommand.ApplyDocument))]
[JsonSerializable(typeof(CostCommand.CostDocument))]
[JsonSerializable(typeof(DecodedToken))]
[JsonSerializable(typeof(DestroyCommand.DestroyDocument))]
[JsonSerializable(typeof(EmulateCommand.EmulatorDocument))]
[JsonSerializable(typeof(FindingsDocument))]
[JsonSerializable(typeof(ImportCommand.ImportDocument))]
[JsonSerializable(typeof(InitCommand.InitDocument))]
[JsonSerializable(typeof(PlanDocument))]
[JsonSerializable(typeof(ProvisioningOutputs))]
[JsonSerializable(typeof(RotateSecretCommand.RotationDocument))]
[JsonSerializable(typeof(TokenCommand.TokenDocument))]
[JsonSerializable(typeof(UserCreateCommand.UserDocument))]
[JsonSerializable(typeof(UserDeleteCommand.DeletedUsersDocument))]
[JsonSerializable(typeof(VerifyCommand.VerdictDocument))]
internal sealed partial class CommandDocuments : JsonSerializerContext
{
    public static CommandDocuments Instance { get; } = new(JsonText.CreateOptions());
}
