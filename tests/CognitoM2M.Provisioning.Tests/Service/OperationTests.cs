using System.Reflection;
using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.Domains;
using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Tests.Service;

public sealed class OperationTests
{
    private static IEnumerable<Operation> All =>
        new[] { typeof(UserPoolOperations), typeof(DomainOperations), typeof(ResourceServerOperations), typeof(AppClientOperations) }
            .SelectMany(table => table.GetProperties(BindingFlags.Public | BindingFlags.Static))
            .Select(property => (Operation)property.GetValue(null)!);

    [Fact]
    public void Every_operation_that_does_not_read_counts_as_a_change()
    {
        var changes = All.Where(operation => operation.IsChange).Select(operation => operation.Name);

        Assert.Equal(
            [
                "AddUserPoolClientSecret", "CreateResourceServer", "CreateUserPool", "CreateUserPoolClient", "CreateUserPoolDomain", "DeleteResourceServer",
                "DeleteUserPool", "DeleteUserPoolClient", "DeleteUserPoolClientSecret", "DeleteUserPoolDomain", "TagResource", "UntagResource", "UpdateResourceServer",
                "UpdateUserPool", "UpdateUserPoolClient", "UpdateUserPoolDomain",
            ],
            changes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Repeated_creates_make_duplicates_where_names_are_not_unique()
    {
        var operations = All.Where(operation => operation.RepeatMakesDuplicate).Select(operation => operation.Name);

        Assert.Equal(["AddUserPoolClientSecret", "CreateUserPool", "CreateUserPoolClient"], operations.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_operations_without_a_resource_in_IAM_need_permission_for_the_whole_account()
    {
        var operations = All.Where(operation => operation.IamResource == IamResource.Account).Select(operation => operation.Name);

        Assert.Equal(["CreateUserPool", "DescribeUserPoolDomain", "ListUserPools"], operations.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Statement_for_tags_does_not_allow_to_mark_a_user_pool_as_created_from_a_blueprint() => Assert.Equal(
        """{ "Effect": "Allow", "Action": "cognito-idp:TagResource", "Resource": "arn:aws:cognito-idp:*:*:userpool/*", "Condition": { "StringEqualsIfExists": { "aws:RequestTag/cognito-m2m:managed": "adopted" } } }""",
        IamStatement.Create(UserPoolOperations.Tag, userPoolId: null));
}
